import Bytes

/// Classes of bytes without repetition; symbols stand for themselves: `shape` in `features.py`. Hashed as it is made.
struct Shape: FeaturePart {
    let text: UnsafeRawBufferPointer
    /// How many classes are looked at; `+` stands for the rest.
    let limit: Int

    @inline(__always)
    func add(to hash: inout FeatureHash) {
        var (last, count) = (UInt8(0), 0)
        for byte in text {
            let letter = ByteClass(byte).letter(of: byte)
            if count > 0, letter == last { continue }
            if count == limit { return hash.add(.plus) }
            hash.add(letter)
            (last, count) = (letter, count &+ 1)
        }
    }
}

/// Like `Shape`, with the length of each run behind it: `shape_with_lengths` in `features.py`.
struct ShapeWithLengths: FeaturePart {
    let text: UnsafeRawBufferPointer
    /// How many runs are looked at; `+` stands for the rest.
    let limit: Int

    @inline(__always)
    func add(to hash: inout FeatureHash) {
        var (start, runs) = (0, 0)
        while start < text.count {
            if runs == limit { return hash.add(.plus) }
            let letter = ByteClass(text[start]).letter(of: text[start])
            var end = start &+ 1
            while end < text.count, ByteClass(text[end]).letter(of: text[end]) == letter { end &+= 1 }
            hash.add(letter)
            hash.add(Self.step(end &- start))
            (start, runs) = (end, runs &+ 1)
        }
    }

    /// `1`, `2`, `3` for 3 and 4, `5` for 5 to 8, `9` for more.
    @inline(__always)
    private static func step(_ length: Int) -> UInt8 {
        switch length {
        case 1: UInt8(ascii: "1")
        case 2: UInt8(ascii: "2")
        case ...4: UInt8(ascii: "3")
        case ...8: UInt8(ascii: "5")
        default: UInt8(ascii: "9")
        }
    }
}

/// Text in lower case, hashed as it is made.
struct LowerCased: FeaturePart {
    let text: UnsafeRawBufferPointer

    @inline(__always)
    func add(to hash: inout FeatureHash) {
        for byte in text { hash.add(byte.inLowerCase) }
    }
}
