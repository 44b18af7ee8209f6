/// What matching took, counted rather than timed: the same on every machine and in every build.
package struct MatchingWork: Sendable, Equatable {
    /// Times that PCRE2 was called to find a match.
    package var calls = 0
    /// Bytes at which PCRE2 tried to begin one.
    package var bytes = 0
    /// Matches that were judged by filters and context.
    package var candidates = 0

    package init() {}

    package static func += (total: inout MatchingWork, part: MatchingWork) {
        total.calls += part.calls
        total.bytes += part.bytes
        total.candidates += part.candidates
    }
}
