/// What a place was asked and let pass, in the order in which it was asked: written while it is decided, and only where a
/// scan is to be explained.
package struct Trace: Sendable, Hashable {
    /// Whether anybody will read it.
    @usableFromInline package let isKept: Bool
    /// Filters that were asked and dropped nothing.
    package private(set) var passed: [DropReason] = []

    /// - Parameter isKept: Whether anybody will read the trace; otherwise nothing is noted.
    package init(isKept: Bool) { self.isKept = isKept }

    /// What filters that let the place pass have to say of it.
    package private(set) var details: [DropReason: String] = [:]

    /// Notes that a filter let the place pass, and what it says of it.
    package mutating func pass(_ filter: DropReason, detail: @autoclosure () -> String) {
        guard isKept else { return }
        append(filter)
        details[filter] = detail()
    }

    /// Notes the answer to a question.
    ///
    /// - Parameter isSo: Whether what the filter asks is so, and the place dropped.
    /// - Returns: The filter if it drops the place, `nil` if the place passes.
    @inlinable @inline(__always)
    package mutating func ask(_ filter: DropReason, _ isSo: Bool) -> DropReason? {
        if isSo { return filter }
        pass(filter)
        return nil
    }

    /// Notes that a filter let the place pass.
    @inlinable @inline(__always)
    package mutating func pass(_ filter: DropReason) {
        if isKept { append(filter) }
    }

    /// One that is asked twice is noted once.
    @usableFromInline
    mutating func append(_ filter: DropReason) {
        if !passed.contains(filter) { passed.append(filter) }
    }
}
