package import Bytes

/// The keywords of a rule set, numbered, what each of them sets off, and how far its rules reach.
package struct KeywordTable: Sendable {
    /// How long a keyword must be, in bytes, so that it can be searched for.
    package static let searchableLengths = 3...255

    /// The keywords, one behind the other, as they are looked for: in lower case, or as they stand in every match.
    package private(set) var bytes: [UInt8] = []
    /// Of each keyword, in bytes.
    package private(set) var lengths: [Int] = []
    /// Whether the case of a keyword counts: `GOOG` begins keys, `google` stands everywhere.
    package private(set) var isExact: [Bool] = []
    /// For each keyword, the rules that it sets off.
    package private(set) var triggers = ListTable<KeywordTrigger>()
    /// For each rule of the set.
    package private(set) var reaches: [RuleReach]

    /// The keywords of rules, by their index.
    init(_ rules: [Rule]) {
        reaches = rules.map { RuleReach($0) }
        var list = NumberedKeywords()
        for (number, rule) in rules.enumerated() where reaches[number].start.hasKeywords { list.add(rule, number) }
        append(list)
    }

    /// The keywords of rules of which most are known.
    ///
    /// - Parameters:
    ///   - compiled: What `encode` wrote of the known rules.
    ///   - numbers: For each known rule its index among the rules; `nil`: it is left out, or another now.
    init(_ rules: [Rule], compiled: PermanentBytes, numbers: [Int?]) {
        var reader = FieldReader(bytes: compiled.bytes)
        reaches = []
        readKeywords(&reader, numbers)
        var known = [RuleReach?](repeating: nil, count: rules.count)
        for number in numbers.prefix(reader.integer()) {
            let reach = RuleReach(from: &reader)
            if let number { known[number] = reach }
        }
        reaches = rules.indices.map { known[$0] ?? RuleReach(rules[$0]) }
        // A keyword that a known rule has, too, stands in the table twice: both are found.
        var list = NumberedKeywords()
        for number in rules.indices where known[number] == nil && reaches[number].start.hasKeywords {
            list.add(rules[number], number)
        }
        append(list)
    }

    /// - Parameter numbers: For each compiled rule, which it is here; keywords of none are left out.
    private mutating func readKeywords(_ reader: inout FieldReader, _ numbers: [Int?]) {
        let count = reader.integer()
        lengths.reserveCapacity(count)
        isExact.reserveCapacity(count)
        for _ in 0..<count {
            let keyword = reader.field()
            let members = reader.integer()
            var isUsed = false
            for _ in 0..<abs(members) {
                var trigger = KeywordTrigger(from: &reader)
                guard let number = numbers[trigger.rule] else { continue }
                trigger.rule = number
                triggers.append(trigger)
                isUsed = true
            }
            guard isUsed else { continue }
            bytes += keyword
            lengths.append(keyword.count)
            isExact.append(members < 0)
            triggers.endList()
        }
    }

    private mutating func append(_ list: NumberedKeywords) {
        for (keyword, triggers) in zip(list.keywords, list.triggers) {
            bytes += keyword.bytes
            lengths.append(keyword.bytes.count)
            isExact.append(keyword.isExact)
            for trigger in triggers { self.triggers.append(trigger) }
            self.triggers.endList()
        }
    }

    /// Adds a literal, 3 to 255 bytes long, that sets no rule off and whose case counts.
    package mutating func addMark(_ literal: String) {
        bytes += literal.utf8
        lengths.append(literal.utf8.count)
        isExact.append(true)
        triggers.endList()
    }
}

extension RuleReach.Start {
    var hasKeywords: Bool { self == .keyword || self == .judge }
}

extension KeywordTable {
    /// The table of rules in the compiled form; a negative number of rules stands behind a keyword whose case counts.
    package static func encode(_ rules: [Rule]) -> String {
        let table = KeywordTable(rules)
        var writer = FieldWriter()
        writer.put(table.lengths.count)
        var start = 0
        for keyword in table.lengths.indices {
            let end = start + table.lengths[keyword]
            writer.put(String(decoding: table.bytes[start..<end], as: UTF8.self))
            start = end
            let count = table.triggers[keyword].count
            writer.put(table.isExact[keyword] ? -count : count)
            for trigger in table.triggers[keyword] { trigger.write(to: &writer) }
        }
        writer.put(table.reaches.count)
        for reach in table.reaches { reach.write(to: &writer) }
        return writer.text
    }
}
