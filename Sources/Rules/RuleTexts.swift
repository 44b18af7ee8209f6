import Synchronization

/// What reports, verification and `rules check` ask of a rule, and matching does not.
struct RuleTexts: Sendable, Hashable {
    var description = ""
    var tags: [String] = []
    var remediation: [String] = []
    var references: [String] = []
    var verification: VerificationSpec?
    var examples: [Rule.Example] = []
}

/// The texts of a rule, read from the compiled form when somebody first asks: they are most of it, and a scan asks for
/// those of few rules or none. Copies of a rule share them.
struct DeferredTexts: Sendable {
    private final class Storage: Sendable {
        enum Form {
            case compiled(PermanentBytes)
            case read(RuleTexts)
        }

        private let form: Mutex<Form>

        init(_ form: Form) { self.form = Mutex(form) }

        var texts: RuleTexts {
            form.withLock { form in
                switch form {
                case .read(let texts): return texts
                case .compiled(let bytes):
                    let texts = RuleCoding.decodeTexts(bytes)
                    form = .read(texts)
                    return texts
                }
            }
        }
    }

    /// No texts; copies share it.
    static let none = DeferredTexts(RuleTexts())

    private var storage: Storage

    init(_ texts: RuleTexts) { storage = Storage(.read(texts)) }

    /// - Parameter bytes: What `RuleCoding` wrote of the texts.
    init(compiled bytes: PermanentBytes) { storage = Storage(.compiled(bytes)) }

    var values: RuleTexts {
        get { storage.texts }
        set { storage = Storage(.read(newValue)) }
    }
}

extension DeferredTexts: Hashable {
    static func == (left: DeferredTexts, right: DeferredTexts) -> Bool { left.values == right.values }
    func hash(into hasher: inout Hasher) { values.hash(into: &hasher) }
}

/// Bytes that stay where and as they are for the rest of the process, such as those of a literal.
///
/// `@unchecked Sendable`: nothing writes to them.
package struct PermanentBytes: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>

    /// - Precondition: The bytes are neither changed nor given back.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Those of a literal.
    package init(_ text: StaticString) {
        self.init(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
