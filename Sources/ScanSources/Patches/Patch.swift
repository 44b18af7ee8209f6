import Findings

/// A unified diff, as git and diff(1) write it, taken apart.
///
/// What stands around the differences (messages of commits, names) is kept as a text of its own: a secret may stand there,
/// too.
struct Patch {
    /// By path, as it is afterwards. Of a series of patches (`git log -p`) all that a file gets.
    private(set) var files: [PathBytes: PatchText] = [:]
    /// In the order in which they come.
    private(set) var paths: [PathBytes] = []
    /// What belongs to no file; its lines are those of the patch.
    private(set) var rest = PatchText()
    private(set) var omissions: [Omission] = []
    private(set) var problems: [Problem] = []

    private let bytes: [UInt8]
    /// What is read next.
    private var offset = 0
    /// Its line in the patch, from 1.
    private var lineNumber = 1
    private let name: String
    private var header = PatchHeader()

    /// - Parameter name: What the patch is called in problems.
    init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
        while let line = peek() { read(line) }
        if files.isEmpty, omissions.isEmpty, !bytes.isEmpty, !header.wasSeen {
            report("is no unified diff; it was scanned as text", "leave --patch out: windsock scan -")
        }
    }

    // MARK: Lines

    /// The next line with its end; `nil` behind the last.
    private func peek(at start: Int? = nil) -> ArraySlice<UInt8>? {
        let start = start ?? offset
        guard start < bytes.count else { return nil }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        return bytes[start..<end]
    }

    private mutating func advance(past line: ArraySlice<UInt8>) {
        offset = line.endIndex
        lineNumber += 1
    }

    private mutating func report(_ message: String, _ advice: String) {
        problems.append(Problem(subject: name, message: message, advice: advice))
    }

    private mutating func read(_ line: ArraySlice<UInt8>) {
        if let hunk = HunkHeader(line), header.wasSeen {
            advance(past: line)
            return read(hunk)
        }
        if header.read(line, next: peek(at: line.endIndex)) == .binary {
            let path = header.path ?? PathBytes(name)
            omissions.append(Omission(reason: .binary, subject: path.description))
            advance(past: line)
            if line.starts(with: PatchHeader.encodedBinary) { skipEncodedBinary() }
            return
        }
        rest.append(line, number: lineNumber, isAdded: true)
        advance(past: line)
    }

    /// `literal 123` or `delta 123`, lines of base85 and an empty line, once or twice.
    private mutating func skipEncodedBinary() {
        while let line = peek(), line.starts(with: "literal ".utf8) || line.starts(with: "delta ".utf8) {
            while let next = peek(), next.first != UInt8(ascii: "\n") { advance(past: next) }
            if let end = peek() { advance(past: end) }
        }
    }

    // MARK: Hunks

    private mutating func read(_ hunk: HunkHeader) {
        var hunk = hunk
        let path = header.path
        if let path {
            if files[path] == nil { paths.append(path) }
            files[path, default: PatchText()].appendGap(before: hunk.start)
        }
        var number = hunk.start
        while !hunk.isRead {
            guard let line = peek() else {
                return report("ends in the middle of a hunk", "check that the command before the pipe has not failed")
            }
            guard let kind = hunk.take(line) else {
                return report(
                    "has in line \(lineNumber) no line of a hunk where one should be, and was read as text from there on",
                    "make it anew; mail programs wrap lines")
            }
            advance(past: line)
            guard kind == .added || kind == .kept else { continue }
            if let path {
                files[path]?.append(
                    line.dropFirst(hunk.columnCount(of: line)), number: number, isAdded: kind == .added)
            }
            number += 1
        }
    }
}
