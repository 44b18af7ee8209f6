/// Writes JSON with keys in the order they are given.
///
/// Foundation's encoder would order keys itself, is slower, and is Foundation. Beyond what JSON demands, characters
/// that a terminal would obey or hide (ANSI sequences, bidirectional overrides) are written as escapes.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private let isIndented: Bool
    private var depth = 0
    /// Whether the next value is the first of its container.
    private var isFirst = true
    private var followsKey = false

    package init(isIndented: Bool) { self.isIndented = isIndented }

    package mutating func object(_ fill: (inout JSONWriter) -> Void) {
        open("{")
        fill(&self)
        close("}")
    }

    package mutating func array<Elements: Sequence>(
        _ elements: Elements, each: (inout JSONWriter, Elements.Element) -> Void
    ) {
        open("[")
        for element in elements { each(&self, element) }
        close("]")
    }

    package mutating func value(_ text: String) {
        separate()
        quote(text)
    }

    package mutating func value(_ number: Int) {
        separate()
        bytes += String(number).utf8
    }

    package mutating func field(_ key: String, _ text: String) {
        self.key(key)
        value(text)
    }

    /// A field that is left out when there is nothing to say.
    package mutating func field(_ key: String, ifPresent text: String?) {
        if let text { field(key, text) }
    }

    package mutating func field(_ key: String, _ number: Int) { field(key, raw: String(number)) }

    package mutating func field(_ key: String, _ flag: Bool) { field(key, raw: flag ? "true" : "false") }

    package mutating func field(_ key: String, _ texts: [String]) {
        field(key, array: texts) { writer, text in writer.value(text) }
    }

    package mutating func field(_ key: String, _ counts: [String: Int]) {
        field(
            key,
            object: { writer in
                for (name, count) in counts.sorted(by: { $0.key < $1.key }) { writer.field(name, count) }
            })
    }

    /// Seconds to three places; JSON has no infinity, which becomes 0.
    package mutating func field(_ key: String, seconds: Double) { field(key, raw: Quantity.seconds(seconds)) }

    package mutating func field(_ key: String, object fill: (inout JSONWriter) -> Void) {
        self.key(key)
        object(fill)
    }

    package mutating func field<Elements: Sequence>(
        _ key: String, array elements: Elements, each: (inout JSONWriter, Elements.Element) -> Void
    ) {
        self.key(key)
        array(elements, each: each)
    }

    package mutating func null(_ key: String) { field(key, raw: "null") }

    /// Ends the document, or the line of JSON Lines.
    package mutating func endLine() {
        bytes.append(0x0a)
        isFirst = true
    }

    /// A field whose value is JSON already.
    package mutating func field(_ key: String, raw: String) {
        self.key(key)
        separate()
        bytes += raw.utf8
    }

    private mutating func key(_ key: String) {
        separate()
        quote(key)
        bytes += (isIndented ? ": " : ":").utf8
        followsKey = true
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        depth += 1
        isFirst = true
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        depth -= 1
        if !isFirst { breakLine() }
        bytes.append(UInt8(ascii: bracket))
        isFirst = false
    }

    private mutating func separate() {
        defer { (followsKey, isFirst) = (false, false) }
        guard !followsKey, depth > 0 else { return }
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        breakLine()
    }

    private mutating func breakLine() {
        guard isIndented else { return }
        bytes.append(0x0a)
        bytes += repeatElement(0x20, count: depth * 2)
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let isPlain = text.utf8.allSatisfy { (0x20...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c }
        if isPlain {
            bytes += text.utf8
        } else {
            for scalar in text.unicodeScalars { escape(scalar) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": bytes += "\\\"".utf8
        case "\\": bytes += "\\\\".utf8
        case "\n": bytes += "\\n".utf8
        case "\r": bytes += "\\r".utf8
        case "\t": bytes += "\\t".utf8
        case _ where scalar.isDeceptive:
            for unit in scalar.utf16 {
                let digits = String(unit, radix: 16)
                bytes += "\\u".utf8
                bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
                bytes += digits.utf8
            }
        default: bytes += scalar.utf8
        }
    }
}
