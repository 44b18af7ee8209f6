import PCRE2

extension [UInt8] {
    /// The first match in these bytes and the ranges of all its groups.
    func match(
        _ pattern: Pattern, from start: Int = 0, upTo end: Int? = nil, matcher: Matcher = Matcher()
    ) throws(MatchFailure) -> [Range<Int>?]? {
        let result: Result<[Range<Int>?]?, MatchFailure> = withUnsafeBytes { bytes in
            let bytes = UnsafeRawBufferPointer(rebasing: bytes.prefix(end ?? count))
            return Result { () throws(MatchFailure) in
                guard try matcher.firstMatch(of: pattern, in: bytes, from: start) != nil else { return nil }
                return (0...pattern.groupCount).map { matcher.range(ofGroup: $0) }
            }
        }
        return try result.get()
    }
}

extension String {
    /// The first match in the UTF-8 of this string.
    func match(_ pattern: Pattern, from start: Int = 0) throws(MatchFailure) -> Range<Int>? {
        try Array(utf8).match(pattern, from: start)?[0]
    }
}
