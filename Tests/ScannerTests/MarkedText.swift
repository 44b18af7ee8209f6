@testable import Scanner

/// A text in which `«` and `»` mark a value. The marks are not part of the bytes.
struct MarkedText {
    let bytes: [UInt8]
    let value: Range<Int>

    init(_ text: String) {
        let parts = text.split(separator: "«", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts[1].split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
        let start = parts[0].utf8.count
        value = start..<start + rest[0].utf8.count
        bytes = Array(parts[0].utf8) + Array(rest[0].utf8) + Array(rest[1].utf8)
    }
}

extension [UInt8] {
    /// The ranges' bytes as text.
    func strings(_ ranges: [Range<Int>]) -> [String] { ranges.map { String(decoding: self[$0], as: UTF8.self) } }
}

extension String {
    /// Lends the UTF-8 of this string.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Array(utf8).withUnsafeBytes(body)
    }
}
