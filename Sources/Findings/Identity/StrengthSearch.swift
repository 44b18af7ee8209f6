internal import Bytes

/// Bits of strength, in integers: floating-point numbers are not the same to the last digit on every machine.
struct Bits: Comparable {
    /// In 1024ths of a bit.
    private let parts: Int

    static let none = Bits(whole: 0)
    static let unreached = Bits(whole: 1 << 30)

    init(whole bits: Int) { parts = bits << 10 }

    /// The bits of a choice among so many; rounded down.
    init(log2 count: Int) {
        precondition(count > 0)
        let whole = Int.bitWidth - 1 - count.leadingZeroBitCount
        // Squared ten times, a number between one and two gives the ten binary digits of its logarithm.
        var number = whole > 31 ? UInt64(count) >> UInt64(whole - 31) : UInt64(count) << UInt64(31 - whole)
        var fraction = 0
        for _ in 0..<10 {
            number = (number * number) >> 31
            fraction <<= 1
            guard number >= 1 << 32 else { continue }
            number >>= 1
            fraction |= 1
        }
        parts = whole << 10 | fraction
    }

    private init(parts: Int) { self.parts = parts }

    /// Whole bits, rounded down.
    var whole: Int { parts >> 10 }

    static func + (left: Bits, right: Bits) -> Bits { Bits(parts: left.parts + right.parts) }
    static func < (left: Bits, right: Bits) -> Bool { left.parts < right.parts }
}

/// Finds the cheapest way to write a value as pieces that people choose: for each end of a piece the least bits up to there.
struct StrengthSearch {
    private let value: [UInt8]
    /// The letter that each byte is or stands for, lower-case; zero for what is none.
    private let letters: [UInt8]
    /// For each place, whether the step to it from the one before is one of the alphabet, the keyboard or a repetition.
    private let isStep: [Bool]
    /// How many characters from each place on stand earlier in the value, too.
    private let repetitions: [Int]
    /// What a character counts that is drawn from all kinds of the value.
    private let randomBits: Bits
    private(set) var bits = Bits.none

    init(_ bytes: ArraySlice<UInt8>) {
        let value = WordLikeness.withoutAccents(bytes)
        self.value = value
        repetitions = Self.repetitions(in: value)
        letters = value.map { $0.isLetter ? $0 | 0x20 : $0.letterWrittenSo ?? 0 }
        isStep = value.indices.map { $0 > 0 && KeyboardSteps.isStep(value[$0 - 1], value[$0]) }
        randomBits = Bits(log2: Self.kinds(of: value))
        guard !value.isEmpty else { return }
        // Where less than half is words, most of those that there seem to be came by chance.
        if 2 * plausibleLetters >= value.count {
            let words = search(isProse: true)
            if 2 * words.letters >= value.count {
                bits = words.bits
                return
            }
        }
        bits = search(isProse: false).bits
    }

    /// How many characters stand beside one that follows it, or that it follows, in words: no more can be in words.
    private var plausibleLetters: Int {
        let pairs = value.indices.map { index in
            index > 0 && letters[index] != 0 && letters[index - 1] != 0
                && WordLikeness.follows(letters[index], letters[index - 1])
        }
        return value.indices.count { pairs[$0] || $0 + 1 < pairs.count && pairs[$0 + 1] }
    }

    /// How many characters a value is drawn from, as far as its own say.
    private static func kinds(of value: [UInt8]) -> Int {
        let digits = value.filter { $0 != .hyphen && $0 != .colon }
        if digits.allSatisfy(\.isDigit) { return 10 }
        let hasCase = digits.contains(where: \.isUppercase) && digits.contains(where: \.isLowercase)
        if !hasCase, digits.allSatisfy(\.isHexDigit) { return 16 }
        var count = 0
        if value.contains(where: \.isLowercase) { count += 26 }
        if value.contains(where: \.isUppercase) { count += 26 }
        if value.contains(where: \.isDigit) { count += 10 }
        // Two signs of base64 are in most values that have any.
        let signs = Set(value.filter { !$0.isAlphanumeric })
        if !signs.isEmpty { count += signs.count > 2 ? 20 : 2 }
        return max(count, 2)
    }

    /// What a character counts beside words: people choose few signs, and where it is easy to type.
    private static func classBits(_ byte: UInt8) -> Bits {
        Bits(log2: byte.isDigit ? 10 : byte.isLetter ? 26 : 16)
    }

    /// - Parameter isProse: Whether words are what the value is made of, and not the exception: what is no word is then drawn
    ///   from few characters, and which piece is a word need not be guessed.
    /// - Returns: The least bits, and how many characters of the value are then in words.
    private func search(isProse: Bool) -> (bits: Bits, letters: Int) {
        var best: [(bits: Bits, letters: Int)] = [(.none, 0)]
        best += value.indices.map { _ in (.unreached, 0) }
        for start in value.indices {
            let before = best[start]
            func offer(_ end: Int, _ bits: Bits, letters: Int = 0) {
                if before.bits + bits < best[end].bits { best[end] = (before.bits + bits, before.letters + letters) }
            }
            offer(start + 1, isProse ? Self.classBits(value[start]) : randomBits)
            forEachRun(from: start) { end in
                offer(end, Self.classBits(value[start]) + Bits(log2: (end - start) * (end - start)))
            }
            forEachWord(from: start) { end, bits in
                // Three letters are plausible too often to say what the value is made of.
                let isLong = end - start > 3
                if isProse {
                    offer(end, bits, letters: isLong ? end - start : 0)
                } else if isLong {
                    offer(end, bits + Bits(whole: 4))
                }
            }
            forEachDate(from: start) { end, bits in offer(end, bits) }
            let repeated = repetitions[start]
            if repeated >= 3 {
                for end in start + 3...start + repeated { offer(end, Bits(log2: 4 * (start + 1))) }
            }
        }
        return best[value.count]
    }

    /// Runs of the alphabet, the keyboard, or one character.
    private func forEachRun(from start: Int, _ body: (Int) -> Void) {
        var end = start + 1
        while end < value.count, isStep[end] {
            end += 1
            if end - start >= 3 { body(end) }
        }
    }

    /// Words: lower-case, upper-case, or with a capital; some letters may be digits or signs that look like them.
    private func forEachWord(from start: Int, _ body: (Int, Bits) -> Void) {
        var signs = 0
        var hasVowel = false
        for index in start..<value.count {
            let (byte, letter) = (value[index], letters[index])
            guard letter != 0 else { return }
            if index > start {
                guard WordLikeness.follows(letter, letters[index - 1]) else { return }
                // Upper case within a word of lower case begins another.
                let isBreak = byte.isUppercase && value[start..<index].contains(where: \.isLowercase)
                let isOther = byte.isLowercase && value[start..<index].count(where: \.isUppercase) > 1
                if isBreak || isOther { return }
            }
            if !byte.isLetter { signs += 1 }
            hasVowel = hasVowel || WordLikeness.isVowel(letter)
            let count = index + 1 - start
            guard count >= (signs > 0 ? 5 : 3), hasVowel, 3 * signs <= count else { continue }
            var bits = Bits(whole: min(count + 7, 12))
            for _ in 8..<max(8, count) { bits = bits + Bits(log2: 3) }
            if value[start].isUppercase { bits = bits + Bits(whole: 1) }
            body(index + 1, bits + Bits(log2: 1 << signs))
        }
    }

    /// Years from 1900 to 2099, and dates of six or eight digits.
    private func forEachDate(from start: Int, _ body: (Int, Bits) -> Void) {
        let digits = value[start...].prefix(8).prefix(while: \.isDigit).map { Int($0 - UInt8(ascii: "0")) }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        func isDay(_ first: Int, _ second: Int) -> Bool {
            (1...12).contains(number(first..<first + 2)) && (1...31).contains(number(second..<second + 2))
        }
        let years = 1900...2099
        if digits.count >= 4, years.contains(number(0..<4)) { body(start + 4, Bits(whole: 7)) }
        if digits.count >= 6, isDay(2, 4) || isDay(2, 0) || isDay(0, 2) { body(start + 6, Bits(whole: 15)) }
        guard digits.count == 8 else { return }
        let yearFirst = years.contains(number(0..<4)) && (isDay(4, 6) || isDay(6, 4))
        let yearLast = years.contains(number(4..<8)) && (isDay(0, 2) || isDay(2, 0))
        if yearFirst || yearLast { body(start + 8, Bits(whole: 15)) }
    }

    /// How many characters from each place on stand earlier in the value, too.
    private static func repetitions(in value: [UInt8]) -> [Int] {
        var result = [Int](repeating: 0, count: value.count)
        for start in value.indices {
            for earlier in 0..<start where value[earlier] == value[start] {
                var count = 1
                while start + count < value.count, value[earlier + count] == value[start + count] { count += 1 }
                result[start] = max(result[start], count)
            }
        }
        return result
    }
}

/// Neighbours on a keyboard (QWERTY, and the letters that QWERTZ and AZERTY exchange), in the alphabet, among digits.
enum KeyboardSteps {
    private static let rows: [StaticString] = [
        "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertz", "azerty", "1qaz", "2wsx", "3edc", "4rfv", "5tgb",
        "6yhn", "7ujm", "!@#$%^&*()",
    ]

    /// For each byte, those that stand next to it in a row.
    private static let neighbours: [[UInt8]] = {
        var table = [[UInt8]](repeating: [], count: 128)
        for row in rows {
            let keys = row.withUTF8Buffer { Array($0) }
            for (left, right) in zip(keys, keys.dropFirst()) {
                table[Int(left)].append(right)
                table[Int(right)].append(left)
            }
        }
        return table
    }()

    static func isStep(_ first: UInt8, _ second: UInt8) -> Bool {
        let (left, right) = (first.isLetter ? first | 0x20 : first, second.isLetter ? second | 0x20 : second)
        if left == right { return true }
        if left.isAlphanumeric, right.isAlphanumeric, left.isDigit == right.isDigit,
            left &+ 1 == right || right &+ 1 == left
        {
            return true
        }
        return left < 128 && neighbours[Int(left)].contains(right)
    }
}
