internal import PCRE2
import Rules

/// Decides whether what stands around a value says what it is.
struct ContextJudge: Sendable {
    enum Verdict: Equatable {
        /// The name, the line or an enclosing block says it.
        case direct
        /// A line above or below, or the file, says it.
        case nearby
        case dropped(DropReason)
    }

    private let words: [[UInt8]]
    /// What else the provider goes by: its names are not another's.
    private let ownNames: [[UInt8]]
    private let fileWords: [[UInt8]]
    private let assigned: [[UInt8]]
    private let hosts: [[UInt8]]
    private let lines: Int
    let paths: [LazyPattern]

    /// Names that people give to keys, for values that only the file says something about.
    private static let secretNames = [
        "key", "token", "secret", "passw", "pwd", "auth", "bearer", "credential",
    ].map { Array($0.utf8) }

    /// Bytes to either side that count as the same line, where lines are long.
    static let sameLineReach = 512
    /// Bytes above and below that count as near, however short the lines are.
    private static let nearbyReach = 2048

    init(_ requirement: ContextRequirement, rule: Rule) {
        words = requirement.words.map { Array($0.utf8) }
        ownNames = (requirement.words + requirement.file + ProviderNames.names(of: rule)).map { Array($0.utf8) }
        fileWords = requirement.file.map { Array($0.utf8) }
        assigned = requirement.assigned.map { Array($0.utf8) }
        hosts = requirement.file.filter { $0.contains(".") }.map { Array($0.utf8) }
        lines = requirement.lines
        paths = requirement.paths.map(LazyPattern.init)
    }

    /// What is known of the text as a whole.
    struct Surroundings {
        let text: UnsafeRawBufferPointer
        let path: String?
        /// One of the rule's file words stands somewhere in the text.
        let holdsFileWord: Bool
        /// One of the rule's path patterns matches, or might: the path is not known yet.
        let pathMatches: Bool
    }

    func judge(_ value: Range<Int>, in surroundings: Surroundings, providers: ProviderNames) -> Verdict {
        let text = surroundings.text
        let name = AssignedName(of: value, in: text)
        if name.isForIdentifier(in: text) { return .dropped(.identifierName) }
        let isOwn = name.identifiers.contains { holdsWord(text.slice($0)) }
        if !isOwn, let foreign = name.identifiers.firstIndex(where: { providers.namesForeign(text.slice($0), own: ownNames) }) {
            // An OpenAI client that is given another provider's host holds that provider's key.
            return foreign > 0 && holdsHost(near: value, in: text) ? .direct : .dropped(.foreignName)
        }
        if !assigned.isEmpty, !isOwn, !isAssigned(name, to: assigned, in: text) { return .dropped(.unassigned) }
        if isOwn || words.isEmpty && fileWords.isEmpty && paths.isEmpty { return .direct }
        switch lineVerdict(value, in: text, providers: providers) {
        case .some(let verdict): return verdict
        case nil: break
        }
        if holdsNearbyWord(value, in: text, providers: providers) { return .nearby }
        return fileVerdict(name, in: surroundings)
    }

    private func holdsWord(_ text: UnsafeRawBufferPointer) -> Bool { words.contains { text.containsCaseless($0) } }

    private func isAssigned(_ name: AssignedName, to wanted: [[UInt8]], in text: UnsafeRawBufferPointer) -> Bool {
        name.isAssigned
            && name.identifiers.contains { identifier in
                wanted.contains { text.slice(identifier).containsCaseless($0) }
            }
    }

    /// The rest of the line and the blocks around it; `nil` if they say nothing.
    private func lineVerdict(
        _ value: Range<Int>, in text: UnsafeRawBufferPointer, providers: ProviderNames
    ) -> Verdict? {
        for key in EnclosingLines.keysOnLine(before: value.lowerBound, in: text) {
            if holdsWord(text.slice(key)) { return .direct }
            guard providers.namesForeign(text.slice(key), own: ownNames) else { continue }
            // `OpenAI(base_url="https://api.mistral.ai/v1", api_key=…)`: the other arguments of a call speak, too.
            let call = key.lowerBound..<line(of: value, in: text).upperBound
            let isCall = key.upperBound < text.count && text[key.upperBound] == 0x28
            return isCall && holdsWord(text.slice(call)) ? .direct : .dropped(.foreignName)
        }
        if holdsWord(text.slice(line(of: value, in: text))) || holdsHost(near: value, in: text) { return .direct }
        for line in EnclosingLines.ranges(above: value.lowerBound, in: text) {
            let part = text.slice(line.lowerBound..<min(line.upperBound, line.lowerBound + 256))
            if holdsWord(part) { return .direct }
            if providers.namesForeign(part, own: ownNames) { return .dropped(.foreignName) }
        }
        return nil
    }

    private func line(of value: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        text.lineStart(of: value.lowerBound, reach: Self.sameLineReach)
            ..< text.lineEnd(of: value.upperBound, reach: Self.sameLineReach)
    }

    /// Whether one of the file words that is a host name stands on the line, or on the one before or after.
    private func holdsHost(near value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard !hosts.isEmpty else { return false }
        let own = line(of: value, in: text)
        let start = own.lowerBound == 0 ? 0 : text.lineStart(of: own.lowerBound - 1, reach: Self.sameLineReach)
        let end = own.upperBound == text.count ? text.count : text.lineEnd(of: own.upperBound + 1, reach: Self.sameLineReach)
        return hosts.contains { text.slice(start..<end).containsCaseless($0) }
    }

    private func holdsNearbyWord(
        _ value: Range<Int>, in text: UnsafeRawBufferPointer, providers: ProviderNames
    ) -> Bool {
        var start = text.lineStart(of: value.lowerBound, reach: Self.nearbyReach)
        let lowest = start > Self.nearbyReach ? start - Self.nearbyReach : 0
        for _ in 0..<lines where start > lowest {
            let end = start - 1
            start = text.lineStart(of: end, reach: end - lowest)
            let line = text.slice(start..<end)
            if holdsWord(line) { return true }
            if providers.namesForeign(line, own: ownNames) { return false }
        }
        var end = text.lineEnd(of: value.upperBound, reach: Self.nearbyReach)
        let highest = min(text.count, end + Self.nearbyReach)
        for _ in 0..<lines where end + 1 < highest {
            let next = text.lineEnd(of: end + 1, reach: highest - end - 1)
            let line = text.slice(end + 1..<next)
            if holdsWord(line) { return true }
            if providers.namesForeign(line, own: ownNames) { return false }
            end = next
        }
        return false
    }

    private func fileVerdict(_ name: AssignedName, in surroundings: Surroundings) -> Verdict {
        if surroundings.pathMatches { return .direct }
        guard !fileWords.isEmpty else { return .dropped(.context) }
        let wanted = assigned.isEmpty ? Self.secretNames : assigned
        guard isAssigned(name, to: wanted, in: surroundings.text) else { return .dropped(.context) }
        return surroundings.holdsFileWord || pathHoldsWord(surroundings.path) ? .nearby : .dropped(.context)
    }

    /// Whether the path says what the words say: `config/mistral.json`.
    func pathHoldsWord(_ path: String?) -> Bool {
        guard var path, !fileWords.isEmpty else { return false }
        return path.withUTF8 { bytes in
            let path = UnsafeRawBufferPointer(bytes)
            return (words + fileWords).contains { path.containsCaseless($0) }
        }
    }
}
