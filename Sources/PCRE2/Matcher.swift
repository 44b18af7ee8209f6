internal import CPCRE2

/// Runs patterns over bytes, one at a time, with reused memory. One a thread: it is not `Sendable`.
package final class Matcher {
    /// Bounds on the work of one match attempt.
    package struct Limits: Sendable, Hashable {
        /// Steps of backtracking.
        package var match: UInt32
        /// Nesting of backtracking points; the interpreter alone observes it.
        package var depth: UInt32
        /// KiB of heap; the interpreter alone observes it.
        package var heap: UInt32

        /// Far above what a sane rule needs on a text window, and reached within about a tenth of a second.
        package static let standard = Limits(match: 2_000_000, depth: 100_000, heap: 64 * 1024)

        package init(match: UInt32, depth: UInt32, heap: UInt32) {
            self.match = match
            self.depth = depth
            self.heap = heap
        }
    }

    private let matchData: OpaquePointer
    private let context: OpaquePointer
    private let jitStack: OpaquePointer?
    /// Pairs of start and end of the groups of the last match.
    private let offsets: UnsafeMutablePointer<Int>
    private var matchedGroupCount = 0

    /// Group numbers up to this can be asked for; patterns may have more.
    package static let maximumGroup = 63

    package init(limits: Limits = .standard) {
        // These fail only when memory is exhausted, where nothing else could go on either.
        guard let context = pcre2_match_context_create_8(nil),
            let matchData = pcre2_match_data_create_8(UInt32(Self.maximumGroup) + 1, nil)
        else { preconditionFailure("PCRE2 could not allocate match data") }
        self.context = context
        self.matchData = matchData
        offsets = UnsafeMutableRawPointer(pcre2_get_ovector_pointer_8(matchData))
            .assumingMemoryBound(to: Int.self)
        pcre2_set_match_limit_8(context, limits.match)
        pcre2_set_depth_limit_8(context, limits.depth)
        pcre2_set_heap_limit_8(context, limits.heap)
        // The 32 KiB that the JIT takes from the machine stack are too few for long alternations.
        jitStack = pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)
        if let jitStack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(jitStack)) }
    }

    deinit {
        pcre2_match_data_free_8(matchData)
        pcre2_match_context_free_8(context)
        if let jitStack { pcre2_jit_stack_free_8(jitStack) }
    }

    /// Finds the first match that starts at `start` or later.
    ///
    /// Look-behinds see the bytes before `start`; nothing sees beyond the end of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: The text; need not be UTF-8.
    ///   - start: 0-based byte offset, `0...bytes.count`.
    ///   - limit: The last offset at which a match may begin: the text behind it is read for matches that have begun and
    ///     not searched for others.
    /// - Returns: The range of the match, or `nil`.
    /// - Throws: `MatchFailure` when a limit was hit: the text was not searched to its end.
    package func firstMatch(
        of pattern: Pattern, in bytes: UnsafeRawBufferPointer, from start: Int = 0, beginningBy limit: Int? = nil
    ) throws(MatchFailure) -> Range<Int>? {
        precondition((0...bytes.count).contains(start), "start lies outside of the text")
        // All ones stand for "none", as for groups.
        pcre2_set_offset_limit_8(context, limit ?? -1)
        guard let base = bytes.baseAddress else { return try matchEmptyText(pattern) }
        let subject = base.assumingMemoryBound(to: UInt8.self)
        return try result(run(pattern, subject, bytes.count, start))
    }

    private func run(_ pattern: Pattern, _ subject: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Int32 {
        // pcre2_jit_match skips the argument checks that pcre2_match makes on every call.
        pattern.isJITCompiled
            ? pcre2_jit_match_8(pattern.code, subject, count, start, 0, matchData, context)
            : pcre2_match_8(pattern.code, subject, count, start, 0, matchData, context)
    }

    private func result(_ status: Int32) throws(MatchFailure) -> Range<Int>? {
        if status == PCRE2_ERROR_NOMATCH { return nil }
        guard status >= 0 else { throw MatchFailure(code: status) }
        // Zero: more groups than there is room for; those up to `maximumGroup` are set.
        matchedGroupCount = status == 0 ? Self.maximumGroup + 1 : Int(status)
        // `\K` in a look-ahead can make the start lie after the end.
        return min(offsets[0], offsets[1])..<max(offsets[0], offsets[1])
    }

    private func matchEmptyText(_ pattern: Pattern) throws(MatchFailure) -> Range<Int>? {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty throws(MatchFailure) in
            guard let base = empty.baseAddress else { return nil }
            return try result(run(pattern, base, 0, 0))
        }
    }

    /// The bytes that a group of the last match took; `nil` if it took no part.
    package func range(ofGroup group: Int) -> Range<Int>? {
        guard group >= 0, group < matchedGroupCount else { return nil }
        let start = offsets[2 * group]
        // PCRE2_UNSET is all ones: -1 in a signed word.
        return start < 0 ? nil : start..<max(start, offsets[2 * group + 1])
    }

    /// The lowest numbered group that took part in the last match and is not empty; the whole match if none did.
    package func firstParticipatingGroup() -> Int {
        for group in 1..<max(1, matchedGroupCount) where range(ofGroup: group)?.isEmpty == false { return group }
        return 0
    }
}
