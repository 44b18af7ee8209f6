import Bytes
import Rules

/// What providers are called in code, and what people call them: whose a secret probably is that has no form of its own.
struct ProviderTitles: Sendable {
    private struct Title {
        var provider: String
        /// How well the name stands for the provider; of two providers the better one has it.
        var rank: Rank
        /// It speaks beside any words of a name. Others speak where they are all that is not a word of keys.
        var speaksAlone: Bool
        /// It speaks in a line of code or prose.
        var speaksInLines: Bool
    }

    private enum Rank: Int {
        /// The name without `API`, `AI`, `.io` and the like.
        case shortened
        /// The first word of a rule's id.
        case id
        /// A word of a rule's context that no other provider's rules have.
        case context
        /// An alias, or one of two names: `Kit (ConvertKit)`.
        case part
        case whole
    }

    private var titles: [String: Title] = [:]

    init(rules: [Rule]) {
        var providersByWord: [String: Set<String>] = [:]
        for rule in rules {
            let owner = rule.owner
            if owner.provider.isEmpty { continue }
            let names = ProviderNames.names(of: owner.provider, id: rule.id)
            if let whole = names.first { add(whole, owner.provider, .whole) }
            for prefix in names.dropFirst() { add(prefix, owner.provider, .id) }
            for alias in owner.aliases { add(alias, owner.provider, .part) }
            if !Self.isOneWord(owner.provider) {
                for part in owner.provider.split(whereSeparator: { "()/".contains($0) }) {
                    add(Self.words(of: part).joined(), owner.provider, .part)
                }
                addShortened(owner.provider)
            }
            for word in owner.words {
                let words = Self.words(of: word[...])
                if words.allSatisfy(Self.saysNothing) { continue }
                providersByWord[words.joined(), default: []].insert(owner.provider)
            }
        }
        for (word, providers) in providersByWord where providers.count == 1 && word.utf8.count >= 4 {
            if let provider = providers.first { add(word, provider, .context) }
        }
    }

    private mutating func add(_ name: String, _ provider: String, _ rank: Rank) {
        guard name.utf8.count >= 3 else { return }
        let isEveryday = Words.everydayNames.contains(name)
        guard !isEveryday || Words.everydayNamesOfProviders.contains(name) else { return }
        if let known = titles[name] {
            if known.provider == provider || known.rank.rawValue > rank.rawValue { return }
            // The family's name: Google's AI, cloud and chat.
            if known.rank == rank {
                titles[name]?.provider = ""
                return
            }
        }
        let isPlain = !isEveryday && rank != .shortened && !Words.providersThatAreWords.contains(name)
        titles[name] = Title(
            provider: provider, rank: rank,
            speaksAlone: isPlain,
            speaksInLines: isPlain && !Words.namesOfTools.contains(name)
                && name.utf8.count >= (rank == .context ? Self.shortestOfContext : Self.shortestInLines))
    }

    /// Shorter names stand in prose and code by chance, and so do words of a context in a row: `cb.access`.
    private static let shortestInLines = 4
    private static let shortestOfContext = 12

    /// `Scale AI` is `scale`, too, and `urlscan.io` is `urlscan`.
    private mutating func addShortened(_ provider: String) {
        var words = Self.words(of: provider[...])
        let count = words.count
        while let last = words.last, words.count > 1, Words.endingsOfProviders.contains(last) { words.removeLast() }
        if words.count < count { add(words.joined(), provider, .shortened) }
    }

    /// Whether a name is one word, which has no parts and is not shortened: this is asked of all providers.
    private static func isOneWord(_ name: String) -> Bool {
        name.utf8.dropFirst().allSatisfy(\.isLowercase) && name.utf8.first?.isLetter == true
    }

    private static func words(of text: Substring) -> [String] {
        if text.utf8.allSatisfy(\.isLowercase) { return text.isEmpty ? [] : [String(text)] }
        var text = text
        return text.withUTF8 { AssignedName.words(of: UnsafeRawBufferPointer($0)) }
    }

    private static func saysNothing(_ word: String) -> Bool {
        word.utf8.count < 2 || Words.wordsOfKeys.contains(word) || Words.wordsBesideProviders.contains(word)
            || Words.everydayNames.contains(word)
    }

    // MARK: Names

    /// The one provider that an identifier names: `GRAFANA_ADMIN_PASSWORD`; `nil` if it names none, or several.
    func provider(in identifier: UnsafeRawBufferPointer) -> String? {
        Self.sole(providers(in: AssignedName.words(of: identifier)))
    }

    private static func sole(_ providers: Set<String>) -> String? { providers.count == 1 ? providers.first : nil }

    /// What a name stands for, unless several providers have it.
    private func title(_ name: String) -> Title? { titles[name].flatMap { $0.provider.isEmpty ? nil : $0 } }

    /// The providers that words name, the longest name first from each word on.
    private func providers(in words: [String]) -> Set<String> {
        var result: Set<String> = []
        var start = 0
        while start < words.count {
            var count = min(Self.mostWords, words.count - start)
            while count > 0 {
                let name = words[start..<start + count].joined()
                if let title = title(name) ?? (count == 1 ? title(Self.withoutEnding(name)) : nil),
                    title.speaksAlone || isAllThatSays(start..<start + count, of: words)
                        || Words.namesOfTools.contains(name) && isBeforeKey(start + count, of: words)
                {
                    result.insert(title.provider)
                    break
                }
                count -= 1
            }
            start += max(count, 1)
        }
        return result
    }

    /// How many words a provider's name has in code.
    private static let mostWords = 4

    /// `trelloapikey` is Trello's, and so is `trellohq`.
    private static func withoutEnding(_ word: String) -> String {
        for ending in Words.endingsOfKeys where word.utf8.count > ending.utf8.count && word.hasSuffix(ending) {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    /// Whether all other words are of keys, or say which of many: `MY_BOX_API_KEY_PROD`.
    private func isAllThatSays(_ name: Range<Int>, of words: [String]) -> Bool {
        let others = words[..<name.lowerBound] + words[name.upperBound...]
        return others.count <= Self.mostOthers
            && others.allSatisfy {
                Words.wordsOfKeys.contains($0) || Words.wordsBesideProviders.contains($0) || $0.utf8.count == 1
            }
    }

    private static let mostOthers = 6

    /// Whether nothing but words of keys follows: `spring.security.registration.github.client-secret`.
    private func isBeforeKey(_ end: Int, of words: [String]) -> Bool {
        let rest = words[end...]
        return !rest.isEmpty && rest.allSatisfy(Words.wordsOfKeys.contains)
    }

    // MARK: Around a value

    /// Whose a value probably is, by its name, else by what stands around it, from near to far; `nil` if nothing says
    /// it, or the nearest place that says something names several.
    ///
    /// - Parameter name: What the value is assigned to, where that is known.
    func provider(of value: Range<Int>, named name: Range<Int>?, in text: UnsafeRawBufferPointer) -> String? {
        let names = (name.map { [$0] } ?? []) + AssignedName(of: value, in: text).identifiers
        for name in names {
            if let provider = provider(in: text.slice(name)) { return provider }
        }
        let isPassword = names.first.map { Self.isOfPassword(text.slice($0)) } ?? false
        let own = SourceLines.own(of: value, in: text, reach: Self.reach)
        // A comment behind the value may be a name alone: `// Neon`.
        let line = speakers(in: text.slice(own.lowerBound..<value.lowerBound)).union(
            speakers(in: text.slice(value.upperBound..<own.upperBound), isHeading: true))
        if !line.isEmpty, !isPassword { return Self.sole(line) }
        // A password of a request is one of the host that it goes to.
        if isPassword, let provider = Self.sole(hosts(in: text.slice(own))) { return provider }
        let blocks =
            EnclosingLines.keysOnLine(before: value.lowerBound, in: text)
            + EnclosingLines.ranges(above: value.lowerBound, in: text)
        for block in blocks {
            let found = speakers(in: text.slice(block.prefix(Self.reach)), isHeading: true)
            if !found.isEmpty { return Self.sole(found) }
        }
        if isPassword { return nil }
        let near =
            Array(SourceLines.above(own.lowerBound, in: text, reach: Self.reach).prefix(Self.linesBeside))
            + Array(SourceLines.below(own.upperBound, in: text, reach: Self.reach).prefix(Self.linesBeside))
        for line in near {
            let found = speakers(inLineBeside: text.slice(line))
            if !found.isEmpty { return Self.sole(found) }
        }
        // The address of a request stands some lines from its headers; what else stands there is about other things.
        for line in SourceLines.below(own.upperBound, in: text, reach: Self.reach).prefix(Self.linesOfRequest) {
            let found = hosts(in: text.slice(line))
            if !found.isEmpty { return Self.sole(found) }
        }
        return nil
    }

    /// Whose a line above or below speaks of.
    private func speakers(inLineBeside line: UnsafeRawBufferPointer) -> Set<String> {
        guard let sign = line.firstIndex(where: { $0 == .equalsSign || $0 == .colon }) else {
            return speakers(in: line)
        }
        // What another variable is called says nothing of this one; the address that it holds does, and who is meant by
        // `"service": "…"` and `Host: …`.
        let found = hosts(in: line)
        let label = AssignedName.words(of: line.slice(0..<sign)).last
        guard found.isEmpty, label.map(Words.labelsOfServices.contains) == true else { return found }
        let text = line.slice(sign + 1..<line.count)
        guard let start = text.firstIndex(where: { $0.isAlphanumeric }) else { return [] }
        let value = text.slice(start..<text.count)
        let end = value.firstIndex { !($0.isAlphanumeric || $0 == .period || $0 == .hyphen) } ?? value.count
        if let host = provider(ofHost: value.slice(0..<end)) { return [host] }
        return speakers(in: value, isHeading: true)
    }

    /// Whether a name is that of a password or a database's: of what stands beside it, little has to do with it.
    private static func isOfPassword(_ name: UnsafeRawBufferPointer) -> Bool {
        AssignedName.words(of: name).contains { Words.wordsOfPasswords.contains($0) || $0.hasSuffix("password") }
    }

    /// How much of a line is looked at to either side, in bytes.
    private static let reach = 256
    private static let linesBeside = 3
    private static let linesOfRequest = 6

    /// - Parameter isHeading: `box:`, `[box]`: what encloses a value, and says whose it is with a name alone.
    private func speakers(in text: UnsafeRawBufferPointer, isHeading: Bool = false) -> Set<String> {
        let words = AssignedName.words(of: text)
        var result: Set<String> = hosts(in: text)
        var start = 0
        while start < words.count {
            var count = min(Self.mostWords, words.count - start)
            while count > 0 {
                let name = words[start..<start + count].joined()
                if let title = title(name), speaks(name, title, start..<start + count, of: words, isHeading) {
                    result.insert(title.provider)
                    break
                }
                count -= 1
            }
            start += max(count, 1)
        }
        return result
    }

    private func speaks(
        _ name: String, _ title: Title, _ range: Range<Int>, of words: [String], _ isHeading: Bool
    ) -> Bool {
        if title.speaksInLines { return true }
        // `BoxClient`
        if range.upperBound < words.count, Words.endingsOfClients.contains(words[range.upperBound]),
            !Words.namesOfTools.contains(name)
        {
            return true
        }
        // `provider "grafana" {`
        return isHeading && (!Words.namesOfTools.contains(name) || words.first == "provider")
            && isAllThatSays(range, of: words)
    }

    /// The providers whose hosts stand in a text: `https://api.box.com/2.0/users`.
    private func hosts(in text: UnsafeRawBufferPointer) -> Set<String> {
        var result: Set<String> = []
        var index = 0
        while index + 2 < text.count {
            guard text[index] == .slash, text[index + 1] == .slash else {
                index += 1
                continue
            }
            let start = index + 2
            var end = start
            while end < text.count, text[end].isAlphanumeric || text[end] == .hyphen || text[end] == .period {
                end += 1
            }
            if let provider = provider(ofHost: text.slice(start..<end)) { result.insert(provider) }
            index = max(end, start)
        }
        return result
    }

    private func provider(ofHost host: UnsafeRawBufferPointer) -> String? {
        let lower = String(decoding: host, as: UTF8.self).lowercased()
        let labels = lower.split(separator: ".").map { $0.filter { $0 != "-" } }
        guard labels.count >= 2 else { return nil }
        let isOfAPI = labels[0].hasPrefix("api")
        // The label before the last, or before `co.uk`.
        for index in [labels.count - 2, labels.count - 3] where index >= 0 {
            let label = labels[index]
            for name in [label + labels[index + 1], label] {
                guard let title = title(name) else { continue }
                // Where code and documents lie is no service that a key is for.
                if Words.namesOfTools.contains(name), !isOfAPI { return nil }
                return title.provider
            }
        }
        return nil
    }
}
