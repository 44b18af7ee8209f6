/// What a match is asked, and why it is not a finding if the answer is "no": what a trace holds.
///
/// `Documentation/explain.md` lists them in the order in which they are asked.
package enum DropReason: String, Sendable, Hashable, CaseIterable {
    case path
    case generatedFile = "generated-file"
    case vendored
    case minified
    case media
    case testVectors = "test-vectors"
    case translation
    case wordList = "word-list"
    case characterClasses = "character-classes"
    case entropy
    case reference
    case placeholder
    case publishedSample = "published-sample"
    case sequence
    case words
    case encodedBlock = "encoded-block"
    case address
    case encrypted
    case publicByDesign = "public-by-design"
    case identifierName = "identifier-name"
    case foreignName = "foreign-name"
    case unassigned
    case context
    case structure
    case password
    case judge
    case allowlist
    case overlap
    case inline
    case unchangedLine = "unchanged-line"
    case threshold
    case baseline

    /// Whether the same match may be a finding in other surroundings.
    package var isOfSurroundings: Bool {
        switch self {
        case .context, .foreignName, .identifierName, .unassigned, .encodedBlock, .address, .publicByDesign, .allowlist:
            true
        default: false
        }
    }

    /// Whether the value is known to be none, so that its name does not make it one.
    package var refutesSecret: Bool { self == .structure || self == .publishedSample || self == .allowlist }

    /// The filter's name, as `--explain` and `Documentation/explain.md` have it.
    package var filter: String { rawValue }

    /// What the filter says of a match that it drops.
    package var sentence: String {
        switch self {
        case .path: "the rule is for files of another name or place"
        case .generatedFile: "lock files, manifests of digests and other generated files are full of look-alikes"
        case .vendored: "other people's code, which is for them to mend"
        case .minified: "what bundlers and minifiers write"
        case .media: "pictures, fonts and models are made of numbers that look like keys"
        case .translation: "translations speak of passwords and hold none"
        case .wordList: "lists of words and of passwords for tests"
        case .testVectors: "test vectors are keys that everybody has"
        case .characterClasses: "too few digits, or letters of one case, for a value of this kind"
        case .entropy: "too regular to be random: its entropy is below what the rule asks for"
        case .reference: "a reference to a variable or a secret store, not a value"
        case .placeholder: "a word in it says that it stands for a secret and is none"
        case .publishedSample: "a sample that its provider publishes in the documentation"
        case .sequence: "a run of the alphabet, the keyboard or a repeated piece"
        case .words: "made of words, as an identifier is"
        case .identifierName: "the name it is assigned to is that of an identifier, a digest or a ciphertext"
        case .foreignName: "the name it is assigned to, or what stands around it, names another provider"
        case .unassigned: "not assigned to a name that holds secrets"
        case .context: "nothing near it says that it is a key of this kind"
        case .encodedBlock: "a piece of a longer block of base64, such as an image"
        case .address: "part of an address, where it names something"
        case .encrypted: "encrypted, or a digest: it opens nothing by itself"
        case .publicByDesign: "a key that browsers and apps show to everybody"
        case .structure: "not built as such a credential is, or cut off"
        case .password: "a password that anybody makes up, or an expression that yields one"
        case .judge: "by its name, its form and the syntax hardly a secret"
        case .allowlist: "an allow-list says that it is none"
        case .overlap: "another rule says more about the same place"
        case .inline: "a comment in the text says that it is no leak"
        case .unchangedLine: "in a line that the patch shows and does not change"
        case .threshold: "below the severity or the confidence that was asked for"
        case .baseline: "the baseline knows it"
        }
    }
}
