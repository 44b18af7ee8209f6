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
    /// Whether what is written into the file is written under another name, too.
    let hasOtherNames: Bool
    /// What was looked at: of a database the text of its rows.
    fileprivate let content: AgentContent
    /// Whether the program that the file belongs to reads it by SQLite.
    var isDatabase: Bool { content.isDatabase }
    fileprivate var bytes: [UInt8] { content.bytes }

    /// What a file keeps; `nil`: nothing.
    ///
    /// - Throws: `CommandFailure` for a file that cannot be read.
    init?(_ file: AgentMemory.File, _ scanner: AgentScanner) throws(CommandFailure) {
        guard let content = try AgentContent(of: file.path) else { return nil }
        let name = file.path.split(separator: "/").last.map(String.init)
        let result = scanner.scan([content.bytes], path: name)
        if let gap = result.gaps.first {
            StandardError.write("windsock: \(file.path) was not looked at in full: \(gap)\n")
        }
        guard !result.findings.isEmpty, let hidden = result.hidden.first else { return nil }
        self.init(file, content, result.findings, hidden)
    }

    /// What a file keeps of secrets that others have shown: a key by itself, without a name, is none that a rule knows.
    ///
    /// - Parameter leak: What was found in it already.
    init?(_ file: AgentMemory.File, holding known: [Finding], besides leak: AgentLeak?) throws(CommandFailure) {
        let isTold = Set(leak?.findings.map(\.fingerprint) ?? [])
        guard let content = leak == nil ? try AgentContent(of: file.path) : leak?.content else { return nil }
        var findings = leak?.findings ?? []
        var hidden = leak?.hidden ?? []
        for var finding in known where !isTold.contains(finding.fingerprint) {
            guard let occurrence = finding.occurrences.first else { continue }
            let places = AgentScanner.places(of: finding.secret, in: content.bytes)
            if places.isEmpty { continue }
            // Only how many there are is told.
            finding.occurrences = [Occurrence](repeating: occurrence, count: places.count)
            findings.append(finding)
            hidden += places
        }
        guard !findings.isEmpty else { return nil }
        self.init(file, content, findings, AgentScanner.united(hidden))
    }

    private init(
        _ file: AgentMemory.File, _ content: AgentContent, _ findings: [Finding], _ hidden: [AgentScanner.Hidden]
    ) {
        (self.file, self.content, self.findings, self.hidden) = (file, content, findings, hidden)
        var status = stat()
        hasOtherNames = stat(file.path, &status) == 0 && status.st_nlink > 1
        let seconds = stat(file.path, &status) == 0 ? Int(status.modificationTime.tv_sec) : 0
        let changed = CalendarDay(daysSince1970: seconds / 86400)
        since = hidden.compactMap { RecordedDay.day(around: $0.range, in: content.bytes) }.min() ?? "\(changed)"
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
    static func mask(_ bytes: [UInt8], shown: String) -> [UInt8] {
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
