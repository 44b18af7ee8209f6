import Rules
import Scanner
import Verification

/// Which rule, and so which provider, a key belongs to.
struct KeyRecognition {
    let rule: Rule
    /// Why, if it was not plain: the reader should know whom the key is sent to, and on what ground.
    let note: String?

    private static let mistralRule = "mistral-api-key"

    /// - Parameters:
    ///   - ruleID: What the user said.
    ///   - endpoints: The names of `--endpoint`: who says where Mistral's keys go has one.
    init(
        _ input: KeyInput, ruleID: String?, engine: ScanEngine, endpoints: [String]
    ) throws(CommandFailure) {
        if let ruleID {
            guard let rule = engine.rules.first(where: { $0.id == ruleID }) else {
                throw CommandFailure("there is no rule \(ruleID); `windsock rules list` lists them")
            }
            (self.rule, note) = (rule, nil)
            return
        }
        if let rule = Self.recognized(input, engine) {
            (self.rule, note) = (rule, nil)
            return
        }
        let mistral = engine.rules.first { $0.id == Self.mistralRule }
        let meansMistral = endpoints.contains { $0.hasPrefix("mistral") }
        guard let mistral, input.secret.withBytes({ Self.hasMistralShape($0, orDocumented: meansMistral) }) else {
            throw CommandFailure(
                "no rule recognises this key, so that it is not known whom to ask; name the rule with --rule (`windsock rules list`)"
            )
        }
        rule = mistral
        note = "taken for a Mistral AI key by its shape; --rule names another kind"
    }

    /// The rule that finds the key where nothing else stands, or behind the variable's name.
    private static func recognized(_ input: KeyInput, _ engine: ScanEngine) -> Rule? {
        var options = BlobScanner.Options()
        options.honorsInlineDirectives = false
        options.computesLineHashes = false
        let scanner = BlobScanner(engine: engine, options: options)
        let text = SecretBuffer((input.variable.map { "\($0)=" } ?? "").utf8)
        input.secret.withBytes { text.append($0) }
        text.append(0x0a)
        let detections = text.withBytes { scanner.scan($0, path: ".env").detections }
        let own = detections.filter { detection in
            input.secret.withBytes { detection.secret.bytes.elementsEqual($0) }
        }
        let rules = own.sorted { $0.confidence > $1.confidence }.map { engine.rules[$0.ruleIndex] }
        return rules.first { $0.verification != nil } ?? rules.first { !$0.provider.isEmpty }
    }

    /// 32 letters of both cases and digits; or, where it is said to be Mistral's, the 16 to 32 of its documentation.
    private static func hasMistralShape(_ bytes: UnsafeRawBufferPointer, orDocumented isDocumented: Bool) -> Bool {
        let lower = bytes.count { (0x61...0x7a).contains($0) }
        let upper = bytes.count { (0x41...0x5a).contains($0) }
        let digits = bytes.count { (0x30...0x39).contains($0) }
        guard lower + upper + digits == bytes.count else { return false }
        return bytes.count == 32 && lower > 0 && upper > 0 || isDocumented && (16...32).contains(bytes.count)
    }
}
