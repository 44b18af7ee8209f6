/// Who did something, and when.
package struct Signature: Sendable, Hashable {
    /// May be empty; invalid UTF-8 is repaired.
    package var name: String
    /// May be empty.
    package var email: String
    /// Seconds since 1970-01-01 00:00 UTC.
    package var time: Int
    /// Minutes east of Greenwich of the writer's clock.
    package var offsetMinutes: Int

    /// Reads `NAME <EMAIL> SECONDS ±HHMM`, as commits and tags have it. What is missing stays empty or zero: real
    /// histories have damaged ones, and they must not hide the commit.
    init(parsing line: Slice<UnsafeRawBufferPointer>) {
        let open = line.firstIndex(of: UInt8(ascii: "<"))
        let close = line.lastIndex(of: UInt8(ascii: ">"))
        guard let open, let close, open < close else {
            self.init(name: String(decoding: line, as: UTF8.self), email: "", time: 0, offsetMinutes: 0)
            return
        }
        let name = line[..<open]
        let trimmed = name.last == UInt8(ascii: " ") ? name.dropLast() : name
        let stamps = line[(close + 1)...].split(separator: UInt8(ascii: " "))
        let zone = stamps.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        self.init(
            name: String(decoding: trimmed, as: UTF8.self),
            email: String(decoding: line[(open + 1)..<close], as: UTF8.self),
            time: stamps.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0,
            offsetMinutes: zone / 100 * 60 + zone % 100)
    }

    /// Describes a person and a time.
    package init(name: String, email: String, time: Int, offsetMinutes: Int) {
        self.name = name
        self.email = email
        self.time = time
        self.offsetMinutes = offsetMinutes
    }
}
