import Bytes

/// Names of objects by another hash than SHA-1, cut to the length of SHA-1's.
enum ForeignNames {
    /// SHA-256's, in bytes.
    private static let byteCount = 32

    /// What the first 40 of more hex digits say; zeros, which git writes where there is no object, stay zeros.
    static func id(_ hexDigits: some Sequence<UInt8>) -> ObjectID? {
        let digits = Array(hexDigits)
        guard digits.count == 2 * byteCount || digits.count == 2 * ObjectID.byteCount else { return nil }
        return ObjectID(hexDigits: digits[..<(2 * ObjectID.byteCount)])
    }

    /// A revision that is a whole name, cut; every other as it is.
    static func cut(_ revision: String) -> String {
        let isWhole = revision.utf8.count == 2 * byteCount && revision.utf8.allSatisfy(\.isHexDigit)
        return isWhole ? String(revision.prefix(2 * ObjectID.byteCount)) : revision
    }

    /// An object's content with every name of another object cut.
    static func cut(in content: [UInt8], of kind: ObjectKind) -> [UInt8] {
        switch kind {
        case .blob: content
        case .tree: cut(inTree: content)
        case .commit, .tag: cut(inHeader: content)
        }
    }

    /// `MODE NAME`, a zero, and the bytes of an id, again and again.
    private static func cut(inTree content: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var rest = content[...]
        while let end = rest.firstIndex(of: 0), rest.endIndex - end > byteCount {
            result += rest[...end]
            result += rest[(end + 1)...].prefix(ObjectID.byteCount)
            rest = rest[(end + 1 + byteCount)...]
        }
        // What is no entry makes the tree as damaged as it is.
        return result + rest
    }

    private static let keys = ["tree ", "parent ", "object "].map { Array($0.utf8) }

    /// Lines up to the first empty one: `tree ID`, `parent ID`, `object ID`.
    private static func cut(inHeader content: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var rest = content[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
            let line = rest[..<end]
            let key = keys.first { line.starts(with: $0) }
            if let key, line.count == key.count + 2 * byteCount {
                result += line.prefix(key.count + 2 * ObjectID.byteCount)
            } else {
                result += line
            }
            result.append(UInt8(ascii: "\n"))
            rest = rest[(end + 1)...]
        }
        return result + rest
    }
}
