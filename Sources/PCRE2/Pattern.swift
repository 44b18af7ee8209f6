internal import CPCRE2

/// A compiled regular expression over bytes.
///
/// Byte mode (no `PCRE2_UTF`): any file can be searched, and `.` is one byte. Compiled to machine code where the
/// platform has a JIT; otherwise PCRE2's interpreter runs, with the same results.
///
/// `@unchecked Sendable`: the compiled code is never written to after `init`, and PCRE2 documents that it may be
/// used by several threads at once (`pcre2api(3)`, "Multithreading").
package final class Pattern: @unchecked Sendable {
    /// How a pattern is read.
    package struct Options: OptionSet, Sendable, Hashable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }
        /// ASCII case is ignored.
        package static let caseless = Options(rawValue: PCRE2_CASELESS)
    }

    /// Bytes are bytes, and `Matcher` may bound where a match begins.
    private static let always = PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT

    let code: OpaquePointer
    /// Whether machine code was made for it.
    package let isJITCompiled: Bool
    /// Number of the highest capture group.
    package let groupCount: Int
    /// Length of the shortest possible match, in bytes.
    package let minimumLength: Int
    /// How many bytes before a match look-behinds may inspect.
    package let maximumLookbehind: Int
    /// Capture groups that have names, by name.
    package let groupNames: [String: Int]

    /// Compiles a pattern, and translates it to machine code unless `jit` is false.
    ///
    /// - Throws: `PatternError` with the offset in the pattern.
    package init(_ pattern: String, options: Options = [], jit: Bool = true) throws(PatternError) {
        var errorCode: Int32 = 0
        var errorOffset = 0
        var source = pattern
        let compiled = source.withUTF8 { bytes in
            // A missing base address is an empty pattern; PCRE2 wants a pointer all the same.
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
                pcre2_compile_8(
                    bytes.baseAddress ?? UnsafePointer(empty.baseAddress), bytes.count,
                    options.rawValue | Self.always, &errorCode, &errorOffset, nil)
            }
        }
        guard let compiled else {
            throw PatternError(
                pattern: pattern, offset: errorOffset, code: Int(errorCode), message: pcre2Message(errorCode))
        }
        code = compiled
        isJITCompiled = jit && pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE) == 0
        groupCount = Int(Self.information(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), as: UInt32.self))
        minimumLength = Int(Self.information(compiled, UInt32(PCRE2_INFO_MINLENGTH), as: UInt32.self))
        maximumLookbehind = Int(Self.information(compiled, UInt32(PCRE2_INFO_MAXLOOKBEHIND), as: UInt32.self))
        groupNames = Self.names(compiled)
    }

    deinit { pcre2_code_free_8(code) }

    private static func information<Value: FixedWidthInteger>(
        _ code: OpaquePointer, _ what: UInt32, as: Value.Type
    ) -> Value {
        var value: Value = 0
        pcre2_pattern_info_8(code, what, &value)
        return value
    }

    /// The name table: entries of a fixed size, two bytes of group number (big-endian), then the name, NUL-ended.
    private static func names(_ code: OpaquePointer) -> [String: Int] {
        let count = Int(information(code, UInt32(PCRE2_INFO_NAMECOUNT), as: UInt32.self))
        let size = Int(information(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), as: UInt32.self))
        var table: UnsafePointer<UInt8>?
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table, count > 0 else { return [:] }
        var names: [String: Int] = [:]
        for index in 0..<count {
            let entry = UnsafeBufferPointer(start: table + index * size, count: size)
            let name = String(decoding: entry[2...].prefix { $0 != 0 }, as: UTF8.self)
            names[name] = Int(entry[0]) << 8 | Int(entry[1])
        }
        return names
    }
}
