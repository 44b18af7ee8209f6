/// Numbers as people read them.
package enum Quantity {
    /// `1,234,567`
    package static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var result = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result
    }

    /// `1 file`, `2 files`; `plural` for words that do not just take an s.
    package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        grouped(number) + " " + (number == 1 ? noun : plural ?? noun + "s")
    }

    /// `812 bytes`, `1.5 kB`, `12.3 MB`: steps of 1000.
    package static func bytes(_ number: Int) -> String {
        guard number >= 1000 else { return count(number, "byte") }
        var tenths = number / 100
        for unit in ["kB", "MB", "GB"] {
            if tenths < 10_000 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
            tenths /= 1000
        }
        return grouped(tenths / 10) + ".\(tenths % 10) TB"
    }

    /// `0.523`: seconds to three places, as JSON and XML have it. What is no number, or negative, is 0.
    static func seconds(_ duration: Double) -> String {
        let milliseconds = duration > 0 ? Int(min(duration, 1e12) * 1000 + 0.5) : 0
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
    }

    /// `0.52 s`, `3 min 20 s`
    static func duration(_ duration: Double) -> String {
        guard duration >= 60 else { return String(seconds(duration).dropLast()) + " s" }
        let whole = Int(min(duration, 1e12))
        return grouped(whole / 60) + " min \(whole % 60) s"
    }
}
