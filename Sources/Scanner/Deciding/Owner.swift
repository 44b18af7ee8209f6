import Bytes
import Findings
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

    private let words: [ContextWord]
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
        words = requirement.words.map(ContextWord.init)
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
        if !isOwn,
            let foreign = name.identifiers.firstIndex(where: { providers.namesForeign(text.slice($0), own: ownNames) })
        {
            // An OpenAI client that is given another provider's host holds that provider's key.
            let isGivenHost =
                foreign > 0
                ? holdsHost(near: value, in: text) : otherClientHasHost(near: value, in: text, providers: providers)
            return isGivenHost ? .direct : .dropped(.foreignName)
        }
        if !assigned.isEmpty, !isOwn, !isAssigned(name, to: assigned, in: text) { return .dropped(.unassigned) }
        if isOwn || words.isEmpty && fileWords.isEmpty && paths.isEmpty { return .direct }
        switch lineVerdict(value, in: text, providers: providers) {
        case .some(let verdict): return verdict
        case nil: break
        }
        if assigned.isEmpty, name.isForOtherPurpose(in: text) { return .dropped(.foreignName) }
        if holdsNearbyWord(value, in: text, providers: providers) { return .nearby }
        if assigned.isEmpty, isAssigned(name, to: Self.secretNames, in: text) || name.identifiers.isEmpty,
            isSaidBySibling(of: value, in: text, providers: providers)
        {
            return .nearby
        }
        return fileVerdict(value, name, in: surroundings)
    }

    private func holdsWord(_ text: UnsafeRawBufferPointer) -> Bool { words.contains { $0.stands(in: text) } }

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
        text.lineStart(
            of: value.lowerBound, reach: Self.sameLineReach)..<text.lineEnd(
                of: value.upperBound, reach: Self.sameLineReach)
    }

    /// Whether one of the file words that is a host name stands on the line, or on the one before or after.
    private func holdsHost(near value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard !hosts.isEmpty else { return false }
        let own = line(of: value, in: text)
        let start = own.lowerBound == 0 ? 0 : text.lineStart(of: own.lowerBound - 1, reach: Self.sameLineReach)
        let end =
            own.upperBound == text.count ? text.count : text.lineEnd(of: own.upperBound + 1, reach: Self.sameLineReach)
        return hosts.contains { text.slice(start..<end).containsCaseless($0) }
    }

    /// Whether one of the lines beside gives such a host to another provider's client:
    /// `OPENAI_BASE_URL=https://api.mistral.ai/v1`.
    private func otherClientHasHost(
        near value: Range<Int>, in text: UnsafeRawBufferPointer, providers: ProviderNames
    ) -> Bool {
        guard !hosts.isEmpty else { return false }
        let own = line(of: value, in: text)
        // An OpenAI key looks different: `ChatOpenAI(openai_api_key="…", openai_api_base="https://api.mistral.ai/v1")`.
        let isOpenAI = text.slice(AssignedName(of: value, in: text).identifiers.first ?? value).containsCaseless(
            "openai")
        if isOpenAI, hosts.contains(where: { text.slice(own).containsCaseless($0) }) { return true }
        var lines: [Range<Int>] = []
        var (start, end) = (own.lowerBound, own.upperBound)
        for _ in 0..<3 {
            if start > 0 {
                let above = text.lineStart(of: start - 1, reach: Self.sameLineReach)
                lines.append(above..<start - 1)
                start = above
            }
            if end < text.count {
                let below = text.lineEnd(of: end + 1, reach: Self.sameLineReach)
                lines.append(end + 1..<below)
                end = below
            }
        }
        return lines.contains { range in
            let line = text.slice(range)
            guard let end = line.firstIndex(where: { $0 == 0x3d || $0 == 0x3a }),
                hosts.contains(where: { line.slice(end..<line.count).containsCaseless($0) })
            else { return false }
            let name = line.slice(0..<end)
            return providers.namesForeign(name, own: ownNames)
                || isOpenAI && !holdsWord(name) && Self.addressWords.contains { name.containsCaseless($0) }
        }
    }

    private static let addressWords = ["base", "url", "uri", "host", "endpoint"].map { Array($0.utf8) }

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

    /// How many lines up and down siblings are looked for.
    private static let siblingLines = 25

    /// Whether another member of the same block says it: `provider: mistral` or `uri: https://api.mistral.ai/…`, on
    /// its value's side, some lines off.
    private func isSaidBySibling(
        of value: Range<Int>, in text: UnsafeRawBufferPointer, providers: ProviderNames
    ) -> Bool {
        let own = text.lineStart(of: value.lowerBound, reach: Self.nearbyReach)
        let indentation = Self.indentation(own, in: text)
        // `- key: KEY` begins an item: what is above belongs to another, and the next dash ends it.
        let dash = Self.dash(own, in: text)
        let isMember = dash != nil && text.slice(own..<value.lowerBound).contains { $0 == 0x3a || $0 == 0x3d }
        if isSaidInObject(of: value, in: text) { return true }
        // Lines between, any of which may name another provider.
        var passed: [Range<Int>] = []
        var start = own
        for _ in 0..<Self.siblingLines where start > 0 && dash == nil {
            let end = start - 1
            start = text.lineStart(of: end, reach: Self.nearbyReach)
            // `},` above: another object of the same list.
            if Self.begins(start, with: [0x7d, 0x5d], below: indentation, in: text) { break }
            guard let said = judgeSibling(start..<end, indentation, in: text) else { break }
            if said { return !passed.contains { providers.namesForeign(text.slice($0), own: ownNames) } }
            passed.append(start..<end)
            if let above = Self.dash(start, in: text), above < indentation { break }
        }
        guard indentation > 0 else { return false }
        passed.removeAll()
        var end = text.lineEnd(of: value.upperBound, reach: Self.nearbyReach)
        for _ in 0..<Self.siblingLines where end + 1 < text.count {
            let next = text.lineEnd(of: end + 1, reach: Self.nearbyReach)
            if Self.begins(end + 1, with: [0x7b, 0x5b], below: indentation, in: text) { break }
            if isMember || dash == nil, let below = Self.dash(end + 1, in: text), below < indentation { break }
            guard let said = judgeSibling(end + 1..<next, indentation, in: text) else { break }
            if said { return !passed.contains { providers.namesForeign(text.slice($0), own: ownNames) } }
            passed.append(end + 1..<next)
            end = next
        }
        return false
    }

    /// Whether a member of the object around the value says it, on a line too long to be looked at as a whole:
    /// `{"provider":"mistral",…,"apiKey":"KEY"}`.
    private func isSaidInObject(of value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard let key = EnclosingLines.keysOnLine(before: value.lowerBound, in: text).first,
            key.upperBound < text.count, text[key.upperBound] == 0x7b
        else { return false }
        let end = text.lineEnd(of: value.upperBound, reach: Self.nearbyReach)
        let close = text.slice(value.upperBound..<end).firstIndex(of: 0x7d).map { value.upperBound + $0 } ?? end
        let object = text.slice(max(key.upperBound, value.lowerBound - 2 * Self.nearbyReach)..<close)
        return words.contains {
            object.containsCaseless(Array(":\"".utf8) + $0.bytes)
                || object.containsCaseless(Array(": \"".utf8) + $0.bytes)
        }
    }

    private static func begins(_ start: Int, with bytes: [UInt8], below column: Int, in text: UnsafeRawBufferPointer)
        -> Bool
    {
        let own = indentation(start, in: text)
        return own < column && start + own < text.count && bytes.contains(text[start + own])
    }

    /// The column of a list's dash; `nil` for a line that begins with none.
    private static func dash(_ start: Int, in text: UnsafeRawBufferPointer) -> Int? {
        var index = start
        while index < text.count, text[index] == 0x20 { index += 1 }
        return index + 1 < text.count && text[index] == 0x2d && text[index + 1] == 0x20 ? index - start : nil
    }

    /// Whether a line says it; `nil` where the block ends.
    private func judgeSibling(
        _ range: Range<Int>, _ indentation: Int, in text: UnsafeRawBufferPointer
    ) -> Bool? {
        let line = text.slice(range)
        let own = Self.indentation(range.lowerBound, in: text)
        // Without indentation only TOML's and INI's sections are blocks, and they end at blank lines.
        guard indentation > 0 ? own > 0 && own >= indentation - 4 : own < line.count && line[own] != 0x5b else {
            return nil
        }
        guard let middle = line.firstIndex(where: { $0 == 0x3a || $0 == 0x3d }) else { return false }
        guard holdsWord(line.slice(middle..<min(line.count, middle + 256))), !holdsWord(line.slice(0..<middle)) else {
            return false
        }
        return indentation > 0 || hasHeader(above: range.lowerBound, in: text)
    }

    /// Whether the lines right above lead to a `[section]`.
    private func hasHeader(above start: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var start = start
        for _ in 0..<Self.siblingLines where start > 0 {
            let line = text.lineStart(of: start - 1, reach: Self.nearbyReach)..<start - 1
            guard let first = text.slice(line).first, first > 0x20 else { return false }
            if first == 0x5b { return true }
            start = line.lowerBound
        }
        return false
    }

    private static func indentation(_ start: Int, in text: UnsafeRawBufferPointer) -> Int {
        var index = start
        while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
        // `- key: value` is indented like what follows the dash.
        if index + 1 < text.count, text[index] == 0x2d, text[index + 1] == 0x20 { index += 2 }
        return index - start
    }

    /// A file that is no longer than this may be nothing but a key.
    private static let keyFileLength = 512

    private func fileVerdict(_ value: Range<Int>, _ name: AssignedName, in surroundings: Surroundings) -> Verdict {
        if surroundings.pathMatches { return .direct }
        guard !fileWords.isEmpty else { return .dropped(.context) }
        // `secrets/mistral_api_key`: a key on a line of its own in a file named for it.
        if surroundings.text.count <= Self.keyFileLength, isAloneOnLine(value, in: surroundings.text) {
            return pathHoldsWord(surroundings.path) ? .nearby : .dropped(.context)
        }
        let wanted = assigned.isEmpty ? Self.secretNames : assigned
        guard isAssigned(name, to: wanted, in: surroundings.text) else { return .dropped(.context) }
        return surroundings.holdsFileWord || pathHoldsWord(surroundings.path) ? .nearby : .dropped(.context)
    }

    private func isAloneOnLine(_ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        let spaces: [UInt8] = [0x20, 0x09, 0x0d]
        let left = text.slice(text.lineStart(of: value.lowerBound)..<value.lowerBound)
        return (left.allSatisfy(spaces.contains) || left.elementsEqual("Bearer ".utf8))
            && text.slice(value.upperBound..<text.lineEnd(of: value.upperBound)).allSatisfy(spaces.contains)
    }

    /// Whether the path says what the words say: `config/mistral.json`.
    func pathHoldsWord(_ path: String?) -> Bool {
        guard var path, !fileWords.isEmpty else { return false }
        return path.withUTF8 { bytes in
            let path = UnsafeRawBufferPointer(bytes)
            return holdsWord(path) || fileWords.contains { path.containsCaseless($0) }
        }
    }
}
