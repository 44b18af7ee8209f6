import Bytes

/// What a reader of a rule's pattern would object to, told from its syntax.
package enum PatternReview {
    /// A group shorter than this is a part of a secret at most.
    private static let shortestSecret = 8

    /// As much of a pattern as a message quotes.
    private static let longestQuotation = 60

    /// One sentence for each objection, without the rule's name.
    package static func objections(to rule: Rule) -> [String] {
        guard let regex = rule.regex else { return [] }
        let groups = PatternGroups(regex)
        var objections: [String] = []
        if parsed(regex)?.repeatsAmbiguously == true {
            let quotation = ambiguousRepetition(in: groups).map { ", \($0)" } ?? ""
            objections.append(
                "repeats without a bound what can match the same text in more than one way\(quotation): bound it, {1,40}"
            )
        }
        let captures = groups.groups.filter(\.captures)
        if let wanted = rule.secretGroup, wanted > captures.count {
            let count = captures.count == 1 ? "one group" : "\(captures.count) groups"
            objections.append(
                "names group \(wanted) as secretGroup, and its pattern has \(count): nothing would be found; name one it has"
            )
        }
        if rule.secretGroup == nil, let group = captures.first.map(groups.text),
            let length = parsed(group)?.maximumLength, length < shortestSecret,
            length < rule.shape?.maximumLength ?? .max
        {
            let bytes = length == 1 ? "1 byte" : "\(length) bytes"
            objections.append(
                "takes its first group, \(group), for the secret, which is \(bytes) at most: write (?:…) if it is none, or name secretGroup"
            )
        }
        return objections
    }

    private static func parsed(_ pattern: String) -> PatternNode? {
        var parser = PatternParser(pattern)
        return parser.parse()
    }

    /// The shortest part of the pattern that repeats so, as it is written.
    private static func ambiguousRepetition(in groups: PatternGroups) -> String? {
        let parts = groups.groups.compactMap(groups.endlessRepetition)
            .filter { parsed($0)?.repeatsAmbiguously == true }
        return parts.min { $0.utf8.count < $1.utf8.count }.map { part in
            part.count <= longestQuotation ? part : "\(part.prefix(longestQuotation))…"
        }
    }

    /// How many different bytes a match of a pattern can be made of; `nil` if that is not known.
    static func byteCount(of pattern: String) -> Int? {
        parsed(pattern).map { node in (0...UInt8.max).count(where: node.consumed.contains) }
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

    /// All that a match can be made of.
    fileprivate var consumed: ByteSet {
        switch self {
        case .set(let set): return set
        case .nothing, .refusal: return ByteSet()
        case .repetition(let node, _, _): return node.consumed
        case .sequence(let nodes), .alternation(let nodes):
            return nodes.reduce(into: ByteSet()) { $0.formUnion($1.consumed) }
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
