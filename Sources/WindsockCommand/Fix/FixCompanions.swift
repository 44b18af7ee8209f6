import FoundationEssentials
import Remediation
import Reports

/// What goes with look-ups: the names in `.env.example`, environment files out of the repository.
struct FixCompanions {
    private struct File {
        /// Absolute.
        var path: String
        var old: [UInt8]?
        var new: [UInt8]
    }

    private(set) var failures: [CommandFailure] = []
    private var files: [File] = []
    /// Environment files that git has in its index; absolute.
    private var tracked: [String] = []
    private let root: String

    init(_ fixed: [FixedFile], in scan: FixScan) throws(CommandFailure) {
        root = scan.root
        var examples: [String: [String]] = [:]
        for file in fixed {
            let path = scan.path(of: file.name)
            if let names = file.environmentNames {
                guard let top = try Self.top(around: path) else { continue }
                examples[Self.folder(path) + "/.env.example", default: []] += names
                try keepOut(path, top)
            } else if let fix = file.fix, fix.looksUpEnvironment, file.isChanged {
                let isBelow = path.hasPrefix(scan.top + "/")
                examples["\(isBelow ? scan.top : scan.root)/.env.example", default: []] += fix.names
            }
        }
        let changed = Set(fixed.filter(\.isChanged).map { scan.path(of: $0.name) })
        for (path, names) in examples.sorted(by: { $0.key < $1.key }) where !names.isEmpty && !changed.contains(path) {
            put(path, EnvironmentFile.adding(names, to: content(path)))
        }
    }

    /// The top of the work tree that a file is in; `nil`: it is in none.
    static func top(around path: String) throws(CommandFailure) -> String? {
        let outcome = try GitProgram(folder: folder(path)).run("rev-parse", "--show-toplevel")
        return outcome.status == 0 && !outcome.output.isEmpty ? outcome.output : nil
    }

    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// What is, or is to be, in a file; `nil`: there is none.
    private func content(_ path: String) -> [UInt8]? {
        if let known = files.first(where: { $0.path == path }) { return known.new }
        return FileManager.default.contents(atPath: path).map { Array($0) }
    }

    private mutating func put(_ path: String, _ new: [UInt8]) {
        if let index = files.firstIndex(where: { $0.path == path }) {
            files[index].new = new
        } else {
            files.append(File(path: path, old: content(path), new: new))
        }
    }

    /// Ignores an environment file, and has git forget it; the file itself stays.
    private mutating func keepOut(_ path: String, _ top: String) throws(CommandFailure) {
        let git = GitProgram(folder: top)
        if try git.run("ls-files", "--error-unmatch", "--", path).status == 0 { tracked.append(path) }
        let ignore = "\(top)/.gitignore"
        let name = path.hasPrefix(top + "/") ? String(path.dropFirst(top.count + 1)) : path
        // Also what git has in its index: an ignored file that it has is not said to be ignored.
        if try git.run("check-ignore", "--quiet", "--no-index", "--", path).status != 0 {
            put(ignore, EnvironmentFile.ignoring([name.contains("/") ? "/\(name)" : name], in: content(ignore)))
        }
        if try git.run("check-ignore", "--quiet", "--no-index", "--", Self.folder(path) + "/.env.example").status == 0 {
            put(ignore, EnvironmentFile.ignoring(["!.env.example"], in: content(ignore)))
        }
    }

    /// What changes in them.
    var diff: String {
        files.map { file in
            let name = file.path.hasPrefix(root + "/") ? String(file.path.dropFirst(root.count + 1)) : file.path
            let shown = ShownLines(secrets: [], inserted: [])
            return UnifiedDiff.text(path: name.visible, file.old, file.new) { lines, isNew in
                shown.lines(lines, of: isNew ? file.new : file.old ?? [], isNew: isNew)
            }
        }.joined()
    }

    /// Writes them, and takes environment files out of the index.
    mutating func write() {
        for file in files where file.old != file.new {
            do throws(CommandFailure) {
                if file.old == nil {
                    try OutputFile.write(file.new, path: file.path)
                } else {
                    let held = try HeldFile(file.path)
                    if let objection = held.objection {
                        throw CommandFailure("could not write to \(file.path): \(objection)", code: .incomplete)
                    }
                    try held.replace(by: file.new)
                }
            } catch {
                failures.append(error)
            }
        }
        for path in tracked {
            do throws(CommandFailure) {
                let outcome = try GitProgram(folder: Self.folder(path)).run("rm", "--cached", "--quiet", "--", path)
                guard outcome.status == 0 else {
                    throw CommandFailure(
                        "git could not take \(path) out of its index: do it with git rm --cached", code: .incomplete)
                }
            } catch {
                failures.append(error)
            }
        }
    }
}
