import Bytes

/// What a reader of a rule's pattern would object to, told from its syntax.
package enum PatternReview {
    /// A group shorter than this is a part of a secret at most.
    private static let shortestSecret = 8

    /// One sentence for each objection, without the rule's name.
    package static func objections(to rule: Rule) -> [String] {
        guard let regex = rule.regex else { return [] }
        var objections: [String] = []
        var parser = PatternParser(regex)
        if let node = parser.parse(), node.repeatsAmbiguously {
            objections.append(
                "repeats without a bound what can match the same text in more than one way, as in (a|aa)+: bound it, {1,40}"
            )
        }
        if rule.secretGroup == nil, let group = firstGroup(of: regex), let length = length(of: group),
            length < shortestSecret, length < rule.shape?.maximumLength ?? .max
        {
            let bytes = length == 1 ? "1 byte" : "\(length) bytes"
            objections.append(
                "takes its first group, \(group), for the secret, which is \(bytes) at most: write (?:…) if it is none, or name secretGroup"
            )
        }
        return objections
    }

    private static func length(of group: String) -> Int? {
        var parser = PatternParser(group)
        return parser.parse()?.maximumLength
    }

    /// The first group that captures, with its parentheses.
    private static func firstGroup(of pattern: String) -> String? {
        let bytes = Array(pattern.utf8)
        var position = 0
        var start: Int?
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case .backslash: position += 1
            case .leftBracket: position = end(ofClassAt: position, bytes)
            case .leftParenthesis:
                let isPlain = position + 1 < bytes.count && bytes[position + 1] != .questionMark
                if start == nil, isPlain { start = position }
                if start != nil { depth += 1 }
            case .rightParenthesis where start != nil:
                depth -= 1
                if let start, depth == 0 { return String(decoding: bytes[start...position], as: UTF8.self) }
            default: break
            }
            position += 1
        }
        return nil
    }

    /// Where a class's closing bracket stands.
    private static func end(ofClassAt start: Int, _ bytes: [UInt8]) -> Int {
        var position = start + 1
        if position < bytes.count, bytes[position] == .caret { position += 1 }
        if position < bytes.count, bytes[position] == .rightBracket { position += 1 }
        while position < bytes.count, bytes[position] != .rightBracket {
            position += bytes[position] == .backslash ? 2 : 1
        }
        return position
    }
}

extension PatternNode {
    /// Whether a repetition without a bound is of something that can match one text in several ways: the time to find that
    /// nothing matches then doubles with each byte.
    fileprivate var repeatsAmbiguously: Bool {
        switch self {
        case .set, .nothing, .refusal: false
        case .sequence(let nodes), .alternation(let nodes): nodes.contains(where: \.repeatsAmbiguously)
        case .repetition(let node, _, let maximum):
            node.repeatsAmbiguously || maximum == nil && (node.isUnboundedRun || node.hasRivals)
        }
    }

    /// Whether it is nothing but a repetition without a bound, as in `(a+)+`.
    private var isUnboundedRun: Bool {
        switch self {
        case .repetition(let node, _, let maximum): maximum == nil || node.isUnboundedRun
        case .sequence(let nodes):
            nodes.contains(where: \.isUnboundedRun) && nodes.allSatisfy { $0.minimumLength == 0 || $0.isUnboundedRun }
        case .alternation(let nodes): nodes.contains(where: \.isUnboundedRun)
        case .set, .nothing, .refusal: false
        }
    }

    /// Whether it is a choice of which two begin alike, as in `(a|aa)`.
    private var hasRivals: Bool {
        switch self {
        case .sequence(let nodes) where nodes.count == 1: nodes[0].hasRivals
        case .alternation(let nodes):
            nodes.indices.contains { left in
                nodes.indices.contains { right in
                    left < right && !nodes[left].firstBytes.isDisjoint(with: nodes[right].firstBytes)
                }
            }
        default: false
        }
    }

    /// What a match can begin with.
    private var firstBytes: Set<UInt8> {
        switch self {
        case .set(let set): Set((0...UInt8.max).filter(set.contains))
        case .nothing, .refusal: []
        case .repetition(let node, _, _): node.firstBytes
        case .alternation(let nodes): nodes.reduce(into: []) { $0.formUnion($1.firstBytes) }
        case .sequence(let nodes):
            nodes.prefix(1 + (nodes.firstIndex { $0.minimumLength > 0 } ?? nodes.count))
                .reduce(into: []) { $0.formUnion($1.firstBytes) }
        }
    }
}
