import Bytes

/// Tells words and identifiers from random strings.
///
/// A first-order model of which character follows which in English and code words, letter case included (see
/// `Scripts/train-word-likeness.py`). Among 20,000 random base-62 strings of 32 characters the highest score was -0.39;
/// `MistralAIEmbeddingModelProperties` has 1.9 and most identifiers have more than 1.
enum WordLikeness {
    /// Mean bits a character by which the text is likelier to be words than random; letters and digits only count,
    /// anything else starts a new word.
    static func score(_ text: UnsafeRawBufferPointer) -> Double {
        let weights = table.utf8Start
        var sum = 0
        var counted = 0
        var previous = startClass
        for byte in text {
            guard let current = characterClass(byte) else {
                previous = startClass
                continue
            }
            // Digits follow each other in words and in random strings alike.
            if current != digitClass || previous != digitClass {
                sum += Int(weights[previous * classCount + current]) - 0x50
            }
            counted += 1
            previous = current
        }
        return counted == 0 ? 0 : Double(sum) / 4 / Double(counted)
    }

    private static let classCount = 53
    private static let digitClass = 52
    private static let startClass = 53

    private static func characterClass(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8.lowercaseLetters: Int(byte - UInt8(ascii: "a"))
        case UInt8.uppercaseLetters: Int(byte - UInt8(ascii: "A")) + 26
        case UInt8.digits: digitClass
        default: nil
        }
    }
}
