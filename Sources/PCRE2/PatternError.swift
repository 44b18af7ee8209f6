internal import CPCRE2

/// A pattern that PCRE2 does not accept.
package struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The pattern as it was given.
    package let pattern: String
    /// Where compilation stopped: a 0-based byte offset in the pattern's UTF-8.
    package let offset: Int
    /// PCRE2's number for the error (`pcre2_compile(3)`), positive.
    package let code: Int
    /// PCRE2's words for the error.
    package let message: String

    package var description: String {
        "\(message) at byte \(offset) of the pattern" + (offset == 0 ? "" : ", behind \(quotation)")
    }

    private static let longestQuotation = 24

    /// What stands before the place: patterns are put together out of parts, so that to count does not help.
    private var quotation: String {
        let before = pattern.utf8.prefix(offset)
        let text = String(decoding: before.suffix(Self.longestQuotation), as: UTF8.self)
        return before.count > Self.longestQuotation ? "…\(text)" : text
    }
}

/// A match that PCRE2 gave up on: the text was not fully searched, which is not the same as "no match".
package struct MatchFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Sendable, Hashable {
        case matchLimit = "match limit"
        case depthLimit = "depth limit"
        case heapLimit = "heap limit"
        case jitStack = "JIT stack"
        case other
    }

    package let reason: Reason
    /// PCRE2's number for the error (`pcre2_match(3)`), negative.
    package let code: Int
    /// PCRE2's words for the error.
    package let message: String

    init(code: Int32) {
        switch code {
        case PCRE2_ERROR_MATCHLIMIT: reason = .matchLimit
        case PCRE2_ERROR_DEPTHLIMIT: reason = .depthLimit
        case PCRE2_ERROR_HEAPLIMIT: reason = .heapLimit
        case PCRE2_ERROR_JIT_STACKLIMIT: reason = .jitStack
        default: reason = .other
        }
        self.code = Int(code)
        message = pcre2Message(code)
    }

    package var description: String { message }
}

/// The library's own text for an error number.
func pcre2Message(_ code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
        let length = pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
        guard length > 0 else { return "PCRE2 error \(code)" }
        return String(decoding: buffer[..<Int(length)], as: UTF8.self)
    }
}
