import Bytes
internal import CLiteralSearch
internal import Zlib

/// Values of a text that hold other text: base64, base64 of gzip or zlib, and hex.
///
/// A first look at a few bytes turns away nearly all identifiers, digests and images.
struct EncodedRuns {
    private(set) var base64: [EncodedValue] = []
    private(set) var gzip: [EncodedValue] = []
    private(set) var zlib: [EncodedValue] = []
    private(set) var hex: [EncodedValue] = []
    /// The lines of what was taken for one value of base64 that was wrapped, as values of their own: it may be a list.
    private(set) var base64Lines: [EncodedLine] = []

    /// References to constants before what may be the rest of a secret.
    private(set) var references: [ConstantReferences.Reference] = []

    /// Shorter runs hold no secret worth the look: 24 characters of base64 are 18 bytes.
    static let minimumBase64 = 24
    /// 20 bytes of hex; lines of a value may be shorter.
    private static let minimumHex = 40
    private static let minimumHexLine = 24

    /// - Parameter runs: All runs of the characters of base64, `minimumBase64` or more; there may be shorter ones among them.
    init(_ text: UnsafeRawBufferPointer, in runs: ArraySlice<Range<Int>>) {
        findBase64(text, runs)
        for run in runs {
            if let reference = ConstantReferences.reference(before: run, in: text) { references.append(reference) }
        }
        var digits: [Range<Int>] = []
        ByteRuns.append(of: WINDSOCK_HEX_BYTES, minimum: Self.minimumHexLine, in: runs, of: text, to: &digits)
        var end = 0
        for run in digits where run.lowerBound >= end && HexDecoder.beginsText(text, run) {
            let value = WrappedLines(.hex, of: text).value(from: run)
            guard value.count >= Self.minimumHex else { continue }
            hex.append(value)
            end = value.range.upperBound
        }
    }

    private mutating func findBase64(_ text: UnsafeRawBufferPointer, _ runs: ArraySlice<Range<Int>>) {
        var end = 0
        for found in runs where found.count >= Self.minimumBase64 && found.lowerBound >= end {
            let run = Self.isBehindEscape(found, text) ? found.lowerBound + 1..<found.upperBound : found
            if Base64Decoder.beginsText(text, run) {
                let value = WrappedLines(.base64, of: text).value(from: run)
                base64.append(value)
                base64Lines += EncodedLine.lines(of: value)
                end = value.range.upperBound
            } else if let format = Base64Decoder.compression(text, run) {
                let value = WrappedLines(.base64, of: text).value(from: run)
                guard value.count >= Base64Decoder.minimumCompressed, append(value, compressedAs: format, text) else {
                    continue
                }
                end = value.range.upperBound
            } else if let marker = Self.marker(of: run, text) {
                let first = marker.upperBound..<run.upperBound
                let format = Base64Decoder.compression(text, first)
                guard format != nil || Base64Decoder.beginsText(text, first) else { continue }
                let value = WrappedLines(.base64, of: text, marker: marker).value(from: first)
                if let format {
                    guard append(value, compressedAs: format, text) else { continue }
                } else {
                    base64.append(value)
                }
                end = value.range.upperBound
            }
        }
    }

    /// The shortest run that is worth a look by who knows what to look for: six bytes.
    static let minimumShort = 8

    /// Adds what is shorter, and text as a whole.
    ///
    /// - Parameter runs: All runs of the characters of base64, `minimumShort` or more.
    mutating func addShort(_ text: UnsafeRawBufferPointer, in runs: [Range<Int>]) {
        for run in runs where run.count < Self.minimumBase64 && Self.minimumShort <= run.count {
            let bytes = Base64Bytes.decode(text.slice(run))
            if bytes.withUnsafeBytes({ PlainText.end(of: $0) == $0.count }) { base64.append(EncodedValue([run])) }
        }
        base64.sort { $0.range.lowerBound < $1.range.lowerBound }
        var digits: [Range<Int>] = []
        ByteRuns.append(of: WINDSOCK_HEX_BYTES, minimum: Self.minimumShortHex, in: runs[...], of: text, to: &digits)
        for run in digits where run.count < Self.minimumHex {
            let even = run.lowerBound..<run.upperBound - run.count % 2
            if HexDecoder.isText(text, even) { hex.append(EncodedValue([even])) }
        }
        hex.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static let minimumShortHex = 12

    /// - Returns: Whether it is compressed. The two bytes of zlib begin one in a thousand digests, too, of which lock files and
    ///   indices are full, and whatever holds what is compressed is read whole in each of its versions.
    private mutating func append(
        _ value: EncodedValue, compressedAs format: InflateStream.Format, _ text: UnsafeRawBufferPointer
    ) -> Bool {
        switch format {
        case .gzip: gzip.append(value)
        case .zlib:
            guard Base64Decoder.beginsCompressedText(text, value, format) else { return false }
            zlib.append(value)
        }
        return true
    }

    /// All but the lines of those in base64.
    var values: [EncodedValue] { base64 + gzip + zlib + hex }

    /// Whether a run begins with the end of an escape: `\nQUJD`.
    private static func isBehindEscape(_ run: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
        run.lowerBound > 0 && text[run.lowerBound - 1] == .backslash && run.count > minimumBase64
            && (text[run.lowerBound] == UInt8(ascii: "n") || text[run.lowerBound] == UInt8(ascii: "r"))
    }

    /// What stands before a line of base64 though its characters are those of base64, too: the sign of a patch, or the
    /// slashes of a comment.
    private static func marker(of run: Range<Int>, _ text: UnsafeRawBufferPointer) -> Range<Int>? {
        let start = run.lowerBound
        let count =
            switch text[start] {
            case .plus, .hyphen: 1
            case .slash where text[start + 1] == .slash: 2
            default: 0
            }
        guard count > 0, run.count >= minimumBase64 + count else { return nil }
        var before = start
        while before > 0, text[before - 1] == .space || text[before - 1] == .tab { before -= 1 }
        return before == 0 || text[before - 1] == .lineFeed ? start..<start + count : nil
    }

    var isEmpty: Bool { base64.isEmpty && gzip.isEmpty && zlib.isEmpty && hex.isEmpty && references.isEmpty }

    /// Whether what they stand for may depend on more than what is near: a change of one byte of what was compressed changes
    /// all, and a constant may stand anywhere.
    var dependOnWholeText: Bool { !gzip.isEmpty || !zlib.isEmpty || !references.isEmpty }

    /// These values, with offsets in a part of the text that holds them all.
    func moved(into part: Range<Int>) -> EncodedRuns {
        var moved = self
        moved.base64 = base64.map { $0.moved(back: part.lowerBound) }
        moved.gzip = gzip.map { $0.moved(back: part.lowerBound) }
        moved.zlib = zlib.map { $0.moved(back: part.lowerBound) }
        moved.hex = hex.map { $0.moved(back: part.lowerBound) }
        moved.base64Lines = base64Lines.map { $0.moved(back: part.lowerBound) }
        moved.references = references.map { $0.moved(back: part.lowerBound) }
        return moved
    }

    /// Only some of the values.
    func filter(_ isIncluded: (Range<Int>) -> Bool) -> EncodedRuns {
        var rest = self
        rest.base64.removeAll { !isIncluded($0.range) }
        rest.gzip.removeAll { !isIncluded($0.range) }
        rest.zlib.removeAll { !isIncluded($0.range) }
        rest.hex.removeAll { !isIncluded($0.range) }
        rest.base64Lines.removeAll { !isIncluded($0.value) }
        rest.references.removeAll { !isIncluded($0.range) }
        return rest
    }
}

/// A line of a value that was wrapped.
struct EncodedLine: Equatable {
    var range: Range<Int>
    /// The whole value.
    var value: Range<Int>
    /// How many characters of the value go before the line.
    var characterOffset: Int

    /// The lines of a value, where each of them can be decoded by itself.
    static func lines(of value: EncodedValue) -> [EncodedLine] {
        guard value.isWrapped, value.lines.dropLast().allSatisfy({ $0.count % 4 == 0 }) else { return [] }
        var offset = 0
        return value.lines.map { line in
            defer { offset += line.count }
            return EncodedLine(range: line, value: value.range, characterOffset: offset)
        }
    }

    func moved(back distance: Int) -> EncodedLine {
        EncodedLine(
            range: range.lowerBound - distance..<range.upperBound - distance,
            value: value.lowerBound - distance..<value.upperBound - distance, characterOffset: characterOffset)
    }
}
