import PackFile
import TestSupport

/// A repository whose objects are in one pack, as git made it.
struct PackedRepository {
    let builder: RepositoryBuilder

    /// A history with objects of all kinds and sizes: files that grow, shrink and are moved, an empty one, binary ones.
    static func varied(revisions: Int = 30, seed: UInt64 = 1) -> RepositoryBuilder {
        var random = SeededGenerator(seed: seed)
        var lines = (0..<400).map { _ in random.text(40, of: "abcdefghij ") }
        // One process for all: a commit by commit history takes seconds.
        var stream = ""
        for revision in 1...revisions {
            for _ in 0..<3 { lines[Int.random(in: 0..<lines.count, using: &random)] = random.text(50, of: "klmnop ") }
            lines.insert(random.text(30, of: "xyz"), at: Int.random(in: 0..<lines.count, using: &random))
            if revision % 7 == 0 { lines.removeFirst(20) }
            stream += "commit refs/heads/main\ncommitter Ada <ada@example.org> \(1_704_067_200 + revision) +0000\n"
            stream += data("revision \(revision)")
            stream += "M 644 inline empty\n" + data("")
            stream += "M 644 inline lines\n" + data(lines.joined(separator: "\n"))
            stream += "M 644 inline folder/\(revision)\n" + data(random.text(2000, of: "ab\0\n"))
            stream += "M 644 inline copy/lines\(revision % 4)\n" + data(lines.reversed().joined(separator: "\n"))
        }
        let builder = RepositoryBuilder()
        builder.run(["fast-import", "--quiet"], input: stream)
        return builder.tag("v1", "the first\n")
    }

    private static func data(_ content: String) -> String { "data \(content.utf8.count)\n\(content)\n" }

    /// Packs all objects anew.
    ///
    /// - Parameters:
    ///   - settings: For `git -c`.
    ///   - options: For `git repack`.
    init(_ builder: RepositoryBuilder = varied(), settings: [String] = [], options: [String] = []) {
        self.builder = builder
        builder.run(settings.flatMap { ["-c", $0] } + ["repack", "-a", "-d", "-f", "--quiet"] + options)
        let names = Command.run(["ls"], in: builder.path + "/.git/objects/pack").output.split(separator: "\n")
        guard let name = names.first(where: { $0.hasSuffix(".pack") }) else { fatalError("git made no pack") }
        stem = builder.path + "/.git/objects/pack/" + name.dropLast(".pack".count)
    }

    /// The path of the pack without `.pack`.
    let stem: String
    var folder: String { builder.path + "/.git/objects/pack" }

    func open() throws(PackError) -> PackFile {
        // The files go with the builder.
        defer { withExtendedLifetime(builder) {} }
        return try PackFile(path: stem + ".pack")
    }

    /// The content of one of the pack's files.
    func read(_ suffix: String) -> [UInt8] { builder.directory.read(relativeStem + suffix) }

    /// Replaces one of the pack's files, or adds one.
    func write(_ suffix: String, _ content: [UInt8]) {
        // git makes them read-only.
        _ = Command.run(["rm", "-f", stem + suffix])
        builder.directory.write(Array((relativeStem + suffix).utf8), content)
    }

    /// Replaces the index.
    func makeIndex(version: String) {
        _ = Command.run(["rm", "-f", stem + ".idx"])
        builder.git("index-pack", "--index-version=\(version)", stem + ".pack")
    }

    private var relativeStem: String { String(stem.dropFirst(builder.directory.path.count + 1)) }

    /// All objects of a kind by their ids, as git reads them.
    func objects(of kind: PackedKind) -> [String: [UInt8]] {
        // Into a file: contents need not be UTF-8.
        let outcome = Command.run(
            ["sh", "-c", "git cat-file --batch-all-objects --batch >listing"], in: builder.path)
        precondition(outcome.status == 0, outcome.errors)
        let listing = builder.directory.read(builder.relative("listing"))
        var objects: [String: [UInt8]] = [:]
        var rest = listing[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            let size = Int(words[2])!
            if words[1] == kind.name { objects[String(words[0])] = Array(rest[(end + 1)...].prefix(size)) }
            rest = rest[(end + 1)...].dropFirst(size + 1)
        }
        return objects
    }
}

extension PackPlan {
    /// 40 hex digits.
    func name(of entry: Entry) -> String {
        id(of: entry).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
