import Bytes
import Rules
import Scanner
import Verification

/// Which rule, and so which provider, a key belongs to.
struct KeyRecognition {
    let rule: Rule
    /// Why, if it was not plain: the reader should know whom the key is sent to, and on what ground.
    let note: String?

    private static let mistralRule = "mistral-api-key"
    /// Knows keys of the form that Mistral's documentation gives, too.
    private static let documentedRule = "mistral-api-key-documented"
    private static let mistralName = "MISTRAL_API_KEY"

    /// - Parameters:
    ///   - ruleID: What the user said.
    ///   - endpoints: The names of `--endpoint`: who says where Mistral's keys go has one.
    init(
        _ input: KeyInput, ruleID: String?, engine: ScanEngine, endpoints: [String]
    ) throws(CommandFailure) {
        if let ruleID {
            guard let rule = engine.rules.first(called: ruleID) else {
                throw CommandFailure("there is no rule \(ruleID); `windsock rules list` lists them")
            }
            (self.rule, note) = (rule, nil)
            return
        }
        // Where nothing else stands, or behind the variable's name.
        let known = Self.rules(of: engine, finding: input, behind: input.variable)
        if let rule = known.first(where: { $0.verification != nil }) ?? known.first(where: { !$0.provider.isEmpty }) {
            (self.rule, note) = (rule, nil)
            return
        }
        let mistral = engine.rules.first { $0.id == Self.mistralRule }
        let meansMistral = endpoints.contains { $0.hasPrefix("mistral") }
        let fitting = Self.rules(of: engine, finding: input, behind: Self.mistralName).map(\.id)
        let isMistrals =
            fitting.contains(Self.mistralRule) || meansMistral && fitting.contains(Self.documentedRule)
        guard let mistral, isMistrals else {
            throw CommandFailure(
                "no rule recognises this key, so that it is not known whom to ask; name the rule with --rule (`windsock rules list`)"
            )
        }
        rule = mistral
        note = "taken for a Mistral AI key by its shape; --rule names another kind"
    }

    /// The rules that find the key in a file that assigns it to a name or, without one, holds nothing else; the surest
    /// first.
    private static func rules(of engine: ScanEngine, finding input: KeyInput, behind name: String?) -> [Rule] {
        var options = BlobScanner.Options()
        options.honorsInlineDirectives = false
        options.computesLineHashes = false
        let scanner = BlobScanner(engine: engine, options: options)
        let text = SecretBuffer((name.map { "\($0)=" } ?? "").utf8)
        input.secret.withBytes { text.append($0) }
        text.append(.lineFeed)
        let detections = text.withBytes { scanner.scan($0, path: ".env").detections }
        let own = detections.filter { detection in
            input.secret.withBytes { detection.secret.bytes.elementsEqual($0) }
        }
        return own.sorted { $0.confidence > $1.confidence }.map { engine.rules[$0.ruleIndex] }
    }
}
