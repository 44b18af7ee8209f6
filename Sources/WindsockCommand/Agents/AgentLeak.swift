import Bytes
import Findings
import FoundationEssentials
import Platform

/// A file that keeps secrets.
struct AgentLeak {
    let file: AgentMemory.File
    let findings: [Finding]
    /// In order of place; none overlaps another.
    let hidden: [AgentScanner.Hidden]
    /// The first day of which the file says that it holds one of them, or else the day of its last change.
    let since: String
    fileprivate let bytes: [UInt8]

    /// Larger files are named, and not read.
    private static let maximumSize = 1 << 30

    /// What a file keeps; `nil`: nothing.
    ///
    /// - Throws: `CommandFailure` for a file that cannot be read.
    init?(_ file: AgentMemory.File, _ scanner: AgentScanner) throws(CommandFailure) {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return nil }
        guard status.st_size <= Self.maximumSize else {
            throw CommandFailure("could not read \(file.path): it is larger than 1 GiB", code: .incomplete)
        }
        guard let content = FileManager.default.contents(atPath: file.path) else {
            throw CommandFailure("could not read \(file.path): \(errorText(errno))", code: .incomplete)
        }
        let bytes = Array(content)
        let name = file.path.split(separator: "/").last.map(String.init)
        let result = scanner.scan([bytes], path: name)
        if let gap = result.gaps.first {
            StandardError.write("windsock: \(file.path) was not looked at in full: \(gap)\n")
        }
        guard !result.findings.isEmpty, let hidden = result.hidden.first else { return nil }
        (self.file, self.bytes) = (file, bytes)
        (findings, self.hidden) = (result.findings, hidden)
        let changed = CalendarDay(daysSince1970: Int(status.modificationTime.tv_sec) / 86400)
        since = hidden.compactMap { Self.day(around: $0.range, in: bytes) }.min() ?? "\(changed)"
    }

    /// The day that the line of a record says.
    private static func day(around range: Range<Int>, in bytes: [UInt8]) -> String? {
        let start = bytes[..<range.lowerBound].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        let end = bytes[range.upperBound...].firstIndex(of: .lineFeed) ?? bytes.count
        let line = bytes[start..<end]
        for mark in ["\"timestamp\":\"", "\"timestamp\": \""] {
            guard let place = TextPlaces.ranges(of: Array(mark.utf8), in: Array(line)).first else { continue }
            let day = String(decoding: line.dropFirst(place.upperBound).prefix(10), as: UTF8.self)
            if CalendarDay(day) != nil { return day }
        }
        return nil
    }

    // MARK: Masks

    /// Bytes that are put in the place of others, as many.
    struct Change: Hashable {
        var offset: Int
        var was: [UInt8]
        var now: [UInt8]
    }

    /// What masks the secrets and moves nothing: a client may be writing to the file's end meanwhile, and goes on where it was.
    ///
    /// - Returns: `nil` where the file's form would not survive it.
    func changes() -> [Change]? {
        // What is found in a text of two bytes a character stands at places of another text.
        if hidden.isEmpty { return nil }
        let changes = hidden.map { hidden in
            let was = Array(bytes[hidden.range])
            return Change(offset: hidden.range.lowerBound, was: was, now: Self.mask(was, shown: hidden.shown))
        }
        var masked = bytes
        for change in changes {
            masked.replaceSubrange(change.offset..<change.offset + change.was.count, with: change.now)
        }
        return Self.hasSameForm(bytes, masked, path: file.path) ? changes : nil
    }

    /// Ends as reports show them, and stars between; lines' ends stay.
    private static func mask(_ bytes: [UInt8], shown: String) -> [UInt8] {
        let parts = shown.split(separator: "…", omittingEmptySubsequences: false).map { Array($0.utf8) }
        var result = bytes.map { $0 == .lineFeed || $0 == .carriageReturn ? $0 : UInt8.asterisk }
        guard parts.count == 2, parts[0].count + parts[1].count < bytes.count, bytes.starts(with: parts[0]),
            bytes.suffix(parts[1].count).elementsEqual(parts[1])
        else { return result }
        result.replaceSubrange(..<parts[0].count, with: parts[0])
        result.replaceSubrange((bytes.count - parts[1].count)..., with: parts[1])
        return result
    }

    /// Whether what was JSON is JSON still, each line of a record by itself.
    private static func hasSameForm(_ before: [UInt8], _ after: [UInt8], path: String) -> Bool {
        guard path.hasSuffix(".json") || path.hasSuffix(".jsonl") else { return true }
        func isJSON(_ text: ArraySlice<UInt8>) -> Bool {
            do throws(JSONProblem) {
                _ = try JSONDocument(Array(text), dialect: .commented)
                return true
            } catch {
                return false
            }
        }
        if path.hasSuffix(".json") { return !isJSON(before[...]) || isJSON(after[...]) }
        let (old, new) = (before.split(separator: .lineFeed), after.split(separator: .lineFeed))
        return old.count == new.count && zip(old, new).allSatisfy { $0 == $1 || !isJSON($0) || isJSON($1) }
    }
}
