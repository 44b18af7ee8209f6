import FoundationEssentials
import Remediation
import Reports

/// What goes with look-ups: the names in `.env.example`, environment files out of the repository.
struct FixCompanions {
    private struct File {
        var name: String
        var old: [UInt8]?
        var new: [UInt8]
    }

    /// What there is to say, a sentence each without a full stop.
    private(set) var notes: [String] = []
    /// Environment files that git has in its index, relative to the top.
    private(set) var tracked: [String] = []
    private(set) var failures: [CommandFailure] = []
    private var files: [File] = []
    private let top: String

    /// - Parameter top: The repository's, or the folder that was scanned; absolute.
    init(_ fixed: [FixedFile], in scan: FixScan) throws(CommandFailure) {
        top = scan.top
        var examples: [String: [String]] = [:]
        for file in fixed {
            if let names = file.environmentNames {
                let path = Self.relative(scan.path(of: file.name), to: top)
                examples[Self.folder(path) + ".env.example", default: []] += names
                try keepOut(path)
            } else if let fix = file.fix, fix.looksUpEnvironment, file.isChanged {
                examples[".env.example", default: []] += fix.names
            }
        }
        for (name, names) in examples.sorted(by: { $0.key < $1.key }) where !names.isEmpty {
            example(name, names, fixed)
        }
    }

    private static func relative(_ path: String, to top: String) -> String {
        path.hasPrefix(top + "/") ? String(path.dropFirst(top.utf8.count + 1)) : path
    }

    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// - Returns: `nil`: there is none.
    private mutating func content(_ name: String) -> [UInt8]? {
        if let known = files.first(where: { $0.name == name }) { return known.new }
        let path = "\(top)/\(name)"
        guard TextFile.exists(path) else { return nil }
        return FileManager.default.contents(atPath: path).map { Array($0) }
    }

    private mutating func put(_ name: String, _ new: [UInt8]) {
        if let index = files.firstIndex(where: { $0.name == name }) {
            files[index].new = new
        } else {
            let path = "\(top)/\(name)"
            files.append(
                File(
                    name: name,
                    old: TextFile.exists(path) ? FileManager.default.contents(atPath: path).map { Array($0) } : nil,
                    new: new))
        }
    }

    private mutating func example(_ name: String, _ names: [String], _ fixed: [FixedFile]) {
        // The file may be one of those that are fixed, and then has the names already.
        guard !fixed.contains(where: { $0.isChanged && $0.name == name }) else { return }
        put(name, EnvironmentFile.adding(names, to: content(name)))
    }

    /// Ignores an environment file, and has git forget it; the file itself stays.
    private mutating func keepOut(_ path: String) throws(CommandFailure) {
        let git = GitProgram(folder: top)
        guard try git.run("rev-parse", "--is-inside-work-tree").status == 0 else {
            notes.append("\(path.visible) holds values as it should; it is in no repository")
            return
        }
        if try git.run("ls-files", "--error-unmatch", "--", path).status == 0 { tracked.append(path) }
        // Also what git has in its index: an ignored file that it has is not said to be ignored.
        if try git.run("check-ignore", "--quiet", "--no-index", "--", path).status != 0 {
            put(
                ".gitignore",
                EnvironmentFile.ignoring([path.contains("/") ? "/\(path)" : path], in: content(".gitignore")))
        }
        let example = Self.folder(path) + ".env.example"
        if try git.run("check-ignore", "--quiet", "--no-index", "--", example).status == 0 {
            put(".gitignore", EnvironmentFile.ignoring(["!.env.example"], in: content(".gitignore")))
        }
    }

    /// What changes in them.
    var diff: String {
        files.map { file in
            UnifiedDiff.text(path: file.name.visible, file.old, file.new) { line, isNew in
                isNew ? line.visible : ShownLines(secrets: [], inserted: []).text(line, isNew: false)
            }
        }.joined()
    }

    /// Writes them, and takes environment files out of the index.
    mutating func write() {
        for file in files where file.old != file.new {
            do throws(CommandFailure) {
                if file.old == nil {
                    try OutputFile.write(file.new, path: "\(top)/\(file.name)")
                } else {
                    try HeldFile("\(top)/\(file.name)").replace(by: file.new)
                }
            } catch {
                failures.append(error)
            }
        }
        guard !tracked.isEmpty else { return }
        do throws(CommandFailure) {
            let outcome = try GitProgram(folder: top).run(["rm", "--cached", "--quiet", "--"] + tracked)
            guard outcome.status == 0 else {
                throw CommandFailure(
                    "git could not take \(tracked.joined(separator: ", ")) out of its index", code: .incomplete)
            }
        } catch {
            failures.append(error)
        }
    }
}
