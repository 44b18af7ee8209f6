import Bytes
import Findings
internal import PCRE2
import Rules

/// The third question, whose is it: whether what stands around a value says that it is a key of this rule's kind, or
/// another's.
struct Owner: Sendable {
    enum Answer: Equatable {
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

    /// Bytes above and below that count as near, however short the lines are.
    private static let nearbyReach = 2048
    /// How much of an enclosing line, or of a value beside, is looked at, in bytes.
    private static let longestHeading = 256
    /// A file that is no longer than this may be nothing but a key.
    private static let keyFileLength = 512

    init(_ requirement: ContextRequirement, rule: Rule) {
        words = requirement.words.map(ContextWord.init)
        ownNames = (requirement.words + requirement.file + ProviderNames.names(of: rule.provider, id: rule.id)).map {
            Array($0.utf8)
        }
        fileWords = requirement.file.map { Array($0.utf8) }
        assigned = requirement.assigned.map { Array($0.utf8) }
        hosts = requirement.file.filter { $0.contains(".") }.map { Array($0.utf8) }
        lines = requirement.lines
        paths = requirement.paths.map(LazyPattern.init)
    }

    /// Asks from near to far: where a nearer place names another provider, a farther one does not count.
    func judge(
        _ value: Range<Int>, in surroundings: Surroundings, providers: ProviderNames, _ trace: inout Trace
    ) -> Answer {
        let text = surroundings.text
        let name = AssignedName(of: value, in: text)
        let isOfIdentifier =
            Self.isOfIdentifier(name, in: text) || Self.isTagOfImage(value, in: text)
            || Self.isOfCiphertext(value, name, in: text)
        if let no = trace.ask(.identifierName, isOfIdentifier) { return .dropped(no) }
        let isOwn = name.identifiers.contains { holdsWord(text.slice($0)) }
        if !isOwn {
            let foreign = name.identifiers.firstIndex { providers.namesForeign(text.slice($0), own: ownNames) }
            let hasOwnHost = foreign.map { isGivenHost(value, name, $0, in: text, providers) }
            if let no = trace.ask(.foreignName, hasOwnHost == false) { return .dropped(no) }
            if hasOwnHost == true { return said(.direct, &trace) }
            if !assigned.isEmpty, let no = trace.ask(.unassigned, !isAssigned(name, to: assigned, in: text)) {
                return .dropped(no)
            }
        }
        if isOwn { return said(.direct, &trace) }
        // The rule asks for a name, and for nothing that stands near.
        if words.isEmpty && fileWords.isEmpty && paths.isEmpty { return .direct }
        return said(answer(value, name, in: surroundings, providers), &trace)
    }

    /// Notes whether something near the value says whose it is.
    private func said(_ answer: Answer, _ trace: inout Trace) -> Answer {
        if answer == .direct || answer == .nearby { trace.pass(.context) }
        return answer
    }

    /// What stands around the name says: the rest of the line, the blocks around it, lines near, the file.
    private func answer(
        _ value: Range<Int>, _ name: AssignedName, in surroundings: Surroundings, _ providers: ProviderNames
    ) -> Answer {
        let text = surroundings.text
        if let answer = lineAnswer(value, in: text, providers) { return answer }
        if assigned.isEmpty, isForOtherPurpose(name, in: text) { return .dropped(.foreignName) }
        if isSaidNearby(value, in: text, providers) { return .nearby }
        if assigned.isEmpty, isAssigned(name, to: Words.keyNames, in: text) || name.identifiers.isEmpty,
            isSaidInBlock(of: value, in: text, providers)
        {
            return .nearby
        }
        return fileAnswer(value, name, in: surroundings)
    }

    private func holdsWord(_ text: UnsafeRawBufferPointer) -> Bool { words.contains { $0.stands(in: text) } }

    private func holdsHost(_ text: UnsafeRawBufferPointer) -> Bool { hosts.contains { text.containsCaseless($0) } }

    // MARK: The name

    /// Whether the nearest name is that of an identifier, a digest, or another thing that opens nothing.
    static func isOfIdentifier(_ name: AssignedName, in text: UnsafeRawBufferPointer) -> Bool {
        guard name.isAssigned, let nearest = name.identifiers.first else { return false }
        let words = AssignedName.words(of: text.slice(nearest))
        guard let last = words.last else { return false }
        // `?C=…`: a letter in the query of an address is no name of a key.
        if nearest.count == 1, nearest.lowerBound > 0,
            text[nearest.lowerBound - 1] == .questionMark || text[nearest.lowerBound - 1] == .ampersand
        {
            return true
        }
        if Words.identifiers.contains(last) { return true }
        return words.count >= 2 && Words.harmlessPrefixes.contains(words[words.count - 2])
    }

    /// Whether a value is the tag of a container's image: `image: gitea/gitea:68d09fa3…`.
    private static func isTagOfImage(_ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard value.lowerBound > 0, text[value.lowerBound - 1] == .colon else { return false }
        let start = text.lineStart(of: value.lowerBound, reach: AssignedName.reach)
        let line = text.slice(start..<value.lowerBound - 1)
        let marks: [UInt8] = [.slash, .period, .hyphen, .underscore]
        let before = line.lastIndex { !($0.isAlphanumeric || marks.contains($0)) } ?? -1
        let reference = line.slice(before + 1..<line.count)
        guard reference.contains(.slash), reference.first != .slash else { return false }
        return Words.commandsOfImages.contains { line.containsCaseless($0) }
    }

    /// Whether the nearest name is that of a digest of a secret, or of an encrypted one.
    private static func isOfCiphertext(
        _ value: Range<Int>, _ name: AssignedName, in text: UnsafeRawBufferPointer
    ) -> Bool {
        guard name.isAssigned, let nearest = name.identifiers.first else { return false }
        return Ciphertext.isNamed(nearest, for: text.slice(value), in: text)
    }

    /// Whether the nearest name says that the value is for something else than a provider's API: `JWT_SECRET`.
    private func isForOtherPurpose(_ name: AssignedName, in text: UnsafeRawBufferPointer) -> Bool {
        guard name.isAssigned, let nearest = name.identifiers.first else { return false }
        let words = AssignedName.words(of: text.slice(nearest))
        guard words.count >= 2 else { return false }
        return words.contains(where: Words.otherPurposes.contains) || Words.otherPurposeNames.contains(words)
    }

    private func isAssigned(_ name: AssignedName, to wanted: [[UInt8]], in text: UnsafeRawBufferPointer) -> Bool {
        name.isAssigned
            && name.identifiers.contains { identifier in
                wanted.contains { text.slice(identifier).containsCaseless($0) }
            }
    }

    // MARK: Hosts

    /// Whether a value under another provider's name is given to one of the rule's hosts: an OpenAI client that is given
    /// another provider's host holds that provider's key.
    ///
    /// - Parameter foreign: Which of the names is the other provider's.
    private func isGivenHost(
        _ value: Range<Int>, _ name: AssignedName, _ foreign: Int, in text: UnsafeRawBufferPointer,
        _ providers: ProviderNames
    ) -> Bool {
        foreign > 0 ? holdsHost(near: value, in: text) : otherClientHasHost(near: value, name, in: text, providers)
    }

    /// Whether one of the hosts stands on the line, or on the one before or after.
    private func holdsHost(near value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard !hosts.isEmpty else { return false }
        let own = SourceLines.own(of: value, in: text, reach: Margins.line)
        let above = SourceLines.above(own.lowerBound, in: text, reach: Margins.line).nearest
        let below = SourceLines.below(own.upperBound, in: text, reach: Margins.line).nearest
        return holdsHost(text.slice((above ?? own).lowerBound..<(below ?? own).upperBound))
    }

    /// Whether one of the lines beside gives such a host to another provider's client:
    /// `OPENAI_BASE_URL=https://api.mistral.ai/v1`.
    private func otherClientHasHost(
        near value: Range<Int>, _ name: AssignedName, in text: UnsafeRawBufferPointer, _ providers: ProviderNames
    ) -> Bool {
        guard !hosts.isEmpty else { return false }
        let own = SourceLines.own(of: value, in: text, reach: Margins.line)
        // `ChatOpenAI(openai_api_key="…", openai_api_base="https://api.mistral.ai/v1")`
        let isCommonClient = text.slice(name.identifiers.first ?? value).containsCaseless(Words.commonClient)
        if isCommonClient, holdsHost(text.slice(own)) { return true }
        let givesHost = { (range: Range<Int>) in
            let line = text.slice(range)
            guard let end = line.firstIndex(where: { $0 == .equalsSign || $0 == .colon }),
                holdsHost(line.slice(end..<line.count))
            else { return false }
            let name = line.slice(0..<end)
            return providers.namesForeign(name, own: ownNames)
                || isCommonClient && !holdsWord(name) && Words.addresses.contains { name.containsCaseless($0) }
        }
        return SourceLines.above(own.lowerBound, in: text, reach: Margins.line).prefix(3).contains(where: givesHost)
            || SourceLines.below(own.upperBound, in: text, reach: Margins.line).prefix(3).contains(where: givesHost)
    }

    // MARK: Lines and blocks

    /// The rest of the line and the blocks around it; `nil` if they say nothing.
    private func lineAnswer(
        _ value: Range<Int>, in text: UnsafeRawBufferPointer, _ providers: ProviderNames
    ) -> Answer? {
        let own = SourceLines.own(of: value, in: text, reach: Margins.line)
        for key in EnclosingLines.keysOnLine(before: value.lowerBound, in: text) {
            if holdsWord(text.slice(key)) { return .direct }
            guard providers.namesForeign(text.slice(key), own: ownNames) else { continue }
            // `OpenAI(base_url="https://api.mistral.ai/v1", api_key=…)`: the other arguments of a call speak, too.
            let isCall = key.upperBound < text.count && text[key.upperBound] == .leftParenthesis
            let call = key.lowerBound..<own.upperBound
            return isCall && holdsWord(text.slice(call)) ? .direct : .dropped(.foreignName)
        }
        if holdsWord(text.slice(own)) || holdsHost(near: value, in: text) { return .direct }
        for line in EnclosingLines.ranges(above: value.lowerBound, in: text) {
            let heading = text.slice(line.prefix(Self.longestHeading))
            if holdsWord(heading) { return .direct }
            if providers.namesForeign(heading, own: ownNames) { return .dropped(.foreignName) }
        }
        return nil
    }

    /// Whether one of the lines above and below says it, as many as the rule looks at.
    private func isSaidNearby(
        _ value: Range<Int>, in text: UnsafeRawBufferPointer, _ providers: ProviderNames
    ) -> Bool {
        let own = SourceLines.own(of: value, in: text, reach: Self.nearbyReach)
        let lowest = max(0, own.lowerBound - Self.nearbyReach)
        for line in SourceLines.above(own.lowerBound, in: text, downTo: lowest).prefix(lines) {
            if holdsWord(text.slice(line)) { return true }
            if providers.namesForeign(text.slice(line), own: ownNames) { return false }
        }
        let highest = min(text.count, own.upperBound + Self.nearbyReach)
        for line in SourceLines.below(own.upperBound, in: text, upTo: highest).prefix(lines) {
            if holdsWord(text.slice(line)) { return true }
            if providers.namesForeign(text.slice(line), own: ownNames) { return false }
        }
        return false
    }

    /// Whether another member of the same block says it: `provider: mistral` or `uri: https://api.mistral.ai/…`, on
    /// its value's side, some lines off.
    private func isSaidInBlock(
        of value: Range<Int>, in text: UnsafeRawBufferPointer, _ providers: ProviderNames
    ) -> Bool {
        if isSaidInObject(of: value, in: text) { return true }
        let block = BlockMembers(of: value, in: text)
        let isSaid = { (members: [Range<Int>]) -> Bool? in
            guard let saying = members.firstIndex(where: { says($0, in: text, of: block) }) else { return nil }
            // Lines between may name another provider.
            return !members[..<saying].contains { providers.namesForeign(text.slice($0), own: ownNames) }
        }
        return isSaid(block.above()) ?? isSaid(block.below()) ?? false
    }

    private func says(_ member: Range<Int>, in text: UnsafeRawBufferPointer, of block: BlockMembers) -> Bool {
        let line = text.slice(member)
        guard let middle = line.firstIndex(where: { $0 == .colon || $0 == .equalsSign }),
            holdsWord(line.slice(middle..<min(line.count, middle + Self.longestHeading))),
            !holdsWord(line.slice(0..<middle))
        else { return false }
        return block.isIndented || block.hasHeader(above: member)
    }

    /// Whether a member of the object around the value says it, on a line too long to be looked at as a whole:
    /// `{"provider":"mistral",…,"apiKey":"KEY"}`.
    private func isSaidInObject(of value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard let range = EnclosingLines.objectOnLine(around: value, in: text, reach: Self.nearbyReach) else {
            return false
        }
        let object = text.slice(range)
        return words.contains {
            object.containsCaseless(Array(":\"".utf8) + $0.bytes)
                || object.containsCaseless(Array(": \"".utf8) + $0.bytes)
        }
    }

    // MARK: The file

    private func fileAnswer(_ value: Range<Int>, _ name: AssignedName, in surroundings: Surroundings) -> Answer {
        if surroundings.pathMatches { return .direct }
        guard !fileWords.isEmpty else { return .dropped(.context) }
        // `secrets/mistral_api_key`: a key on a line of its own in a file named for it.
        if surroundings.text.count <= Self.keyFileLength, isAloneOnLine(value, in: surroundings.text) {
            return pathHoldsWord(surroundings.path) ? .nearby : .dropped(.context)
        }
        // What bundlers put into one file has nothing to do with each other.
        if let path = surroundings.path, FileKind.first(in: Place.bundles, for: path) != nil {
            return .dropped(.context)
        }
        let wanted = assigned.isEmpty ? Words.keyNames : assigned
        guard isAssigned(name, to: wanted, in: surroundings.text) else { return .dropped(.context) }
        return surroundings.holdsFileWord || pathHoldsWord(surroundings.path) ? .nearby : .dropped(.context)
    }

    private func isAloneOnLine(_ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        let spaces: [UInt8] = [.space, .tab, .carriageReturn]
        let left = text.slice(text.lineStart(of: value.lowerBound)..<value.lowerBound)
        return (left.allSatisfy(spaces.contains) || left.elementsEqual("Bearer ".utf8))
            && text.slice(value.upperBound..<text.lineEnd(of: value.upperBound)).allSatisfy(spaces.contains)
    }

    /// Whether the path says what the words say: `config/mistral.json`.
    private func pathHoldsWord(_ path: String?) -> Bool {
        guard var path, !fileWords.isEmpty else { return false }
        return path.withUTF8 { bytes in
            let path = UnsafeRawBufferPointer(bytes)
            return holdsWord(path) || fileWords.contains { path.containsCaseless($0) }
        }
    }
}
