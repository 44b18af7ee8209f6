/// How many tokens a run may use, those of requests included.
package struct TokenBudget: Sendable {
    package let total: Int
    /// As servers say it, or estimated.
    package private(set) var used = 0

    package init(_ total: Int) { self.total = total }

    /// Whether a request still fits, with the longest answer that it may have.
    package func allows(_ request: ChatRequest) -> Bool { used + request.tokens + request.longestAnswer <= total }

    package mutating func add(_ tokens: Int) { used += max(0, min(tokens, 1 << 40)) }

    /// How many tokens a text is, rather too many than too few.
    package static func estimate(bytes: Int) -> Int { (bytes + 2) / 3 }
}
