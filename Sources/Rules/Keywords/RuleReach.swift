/// How a rule is set off, and where around its keywords its matches lie.
package struct RuleReach: Sendable, Equatable {
    package enum Start: Int, Sendable {
        /// Nothing in a text sets it off: it has neither a pattern nor a judge, nor a pattern for the path.
        case never
        /// It judges paths alone.
        case path
        /// It is tried on every text: its keywords are missing or too short to be searched for.
        case always
        /// Its keywords set it off.
        case keyword
        /// Its keywords set it off, and it judges what is assigned to the names that hold them.
        case judge
    }

    package var start: Start
    /// How many bytes a text may have at the most that it can match: where a match is all of a text, as many as the
    /// longest match has.
    package var longestText: Int
    /// Where around a keyword its matches can begin.
    package var beginnings: KeywordWindow
    /// Where around a keyword any byte of its matches can stand.
    package var extent: KeywordWindow

    init(_ rule: Rule) {
        start = Start(rule)
        longestText = rule.longestText
        beginnings = rule.beginnings
        extent = rule.extent
    }
}

extension RuleReach.Start {
    fileprivate init(_ rule: Rule) {
        if rule.regex == nil && rule.judge == nil {
            self = rule.path == nil ? .never : .path
        } else if rule.triggers.isEmpty
            || (rule.triggers + (rule.context?.file ?? [])).contains(where: Self.isUnsearchable)
        {
            self = .always
        } else {
            self = rule.judge == nil ? .keyword : .judge
        }
    }

    private static func isUnsearchable(_ keyword: String) -> Bool {
        !KeywordTable.searchableLengths.contains(keyword.utf8.count)
    }
}

extension RuleReach: CompiledValue {
    func write(to writer: inout FieldWriter) {
        writer.put(start.rawValue)
        writer.put(longestText == .max ? -1 : longestText)
        beginnings.write(to: &writer)
        extent.write(to: &writer)
    }

    init(from reader: inout FieldReader) {
        start = Start(rawValue: reader.integer()) ?? .always
        let length = reader.integer()
        longestText = length < 0 ? .max : length
        beginnings = KeywordWindow(from: &reader)
        extent = KeywordWindow(from: &reader)
    }
}
