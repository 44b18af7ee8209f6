import Bytes
import Findings
internal import Platform

/// What a unified diff adds, by the files and lines that it has afterwards.
package struct PatchSource: ScanSource {
    private let patch: Patch?
    private let name: String
    /// Why it was not read.
    private let problem: Problem?

    /// Reads a patch from standard input, to its end.
    ///
    /// - Parameters:
    ///   - name: What the patch is called: that of what stands in no file of it.
    ///   - maximumSize: In bytes.
    package static func standardInput(name: String, maximumSize: Int) -> PatchSource {
        let buffer = ReadBuffer()
        // What was read lies in it, and is copied.
        defer { withExtendedLifetime(buffer) {} }
        return switch buffer.readAll(STDIN_FILENO, expectedSize: 0, maximumSize: maximumSize) {
        case .whole(let bytes) where bytes.isEmpty:
            PatchSource(
                problem: Problem(
                    subject: name, message: "there was nothing to read",
                    advice:
                        "check that the command before the pipe has not failed; a diff of nothing need not be scanned"),
                name: name)
        case .whole(let bytes): PatchSource(Array(bytes), name: name)
        case .tooLarge: PatchSource(problem: .tooLarge(name, maximumSize: maximumSize), name: name)
        case .failed(let code):
            PatchSource(problem: Problem(SystemError(code, attempt: "read", subject: name), subject: name), name: name)
        }
    }

    /// - Parameter name: What the patch is called: that of what stands in no file of it.
    package init(_ bytes: [UInt8], name: String) {
        patch = Patch(bytes, name: name)
        self.name = name
        problem = nil
    }

    private init(problem: Problem, name: String) {
        patch = nil
        self.name = name
        self.problem = problem
    }

    package func plan() throws(SourceError) -> Plan {
        guard let patch else { return Plan(problems: problem.map { [$0] } ?? []) }
        var items = patch.paths.map { ScanItem(path: $0, origin: .standardInput, size: patch.files[$0]?.bytes.count) }
        if !patch.rest.bytes.isEmpty {
            let path = PathBytes(name)
            items.append(
                ScanItem(
                    path: patch.files[path] == nil ? path : nil, origin: .standardInput, size: patch.rest.bytes.count))
        }
        return Plan(items: items, omissions: patch.omissions, problems: patch.problems)
    }

    package func makeReader() throws(SourceError) -> any BlobReader { Reader(patch) }

    private final class Reader: BlobReader {
        private let patch: Patch?

        init(_ patch: Patch?) { self.patch = patch }

        private func text(_ item: ScanItem) -> PatchText {
            guard let patch else { return PatchText() }
            return item.path.flatMap { patch.files[$0] } ?? patch.rest
        }

        func read(
            _ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void
        ) throws(ReadFailure) { text(item).bytes.withUnsafeBytes(body) }

        func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]? { Array(text(item).bytes.prefix(8192)) }

        func lines(of item: ScanItem) -> PatchLines? { text(item).lines }
    }
}
