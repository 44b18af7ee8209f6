import Bytes

/// Writes fields of the compiled form.
struct FieldWriter {
    var text = ""

    mutating func put(_ field: String) { text += "\(field.utf8.count):\(field)" }
    mutating func put(_ number: Int) { put("\(number)") }
    mutating func put(_ fields: [String]) {
        put(fields.count)
        for field in fields { put(field) }
    }
    /// Presence, then the field.
    mutating func put(_ field: String?) {
        put(field == nil ? 0 : 1)
        if let field { put(field) }
    }
}

/// Reads what `FieldWriter` wrote, in the same order.
struct FieldReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    mutating func field() -> UnsafeBufferPointer<UInt8> {
        var length = 0
        while bytes[position] != .colon {
            length = length * 10 + Int(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        let start = position + 1
        position = start + length
        return UnsafeBufferPointer(rebasing: bytes[start..<position])
    }

    mutating func string() -> String { String(decoding: field(), as: UTF8.self) }
    mutating func integer() -> Int {
        let digits = field()
        guard digits.first == UInt8(ascii: "-") else {
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        return digits.dropFirst().reduce(0) { $0 * 10 - Int($1 - UInt8(ascii: "0")) }
    }
    mutating func strings() -> [String] { (0..<integer()).map { _ in string() } }
    mutating func optional() -> String? { integer() == 1 ? string() : nil }
}
