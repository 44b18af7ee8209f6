/// How a rule's provider is asked whether a key is live: the `[rules.verify]` table.
///
/// It is data alone, so that a new provider needs no code. `Documentation/verification.md` describes it for authors.
public struct VerificationSpec: Sendable, Hashable {
    /// The request to make first, then those that are made one after another as long as the answer is "dead".
    /// At least one.
    public var attempts: [Attempt]
    /// Recorded answers, each with the verdict it must get. Not compiled in: only tests and `rules check` need them.
    public var examples: [Example]

    /// Requests and recorded answers to them.
    public init(attempts: [Attempt], examples: [Example] = []) {
        self.attempts = attempts
        self.examples = examples
    }
}

extension VerificationSpec {
    /// With which method a provider is asked.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
    }

    /// One request, and what its answers mean.
    public struct Attempt: Sendable, Hashable {
        /// For the reader, and for `--endpoint NAME=URL`: `Codestral`. Empty for a rule's main request, which goes by its
        /// provider.
        public var name: String
        /// How it is made.
        public var method: Method
        /// An https address; its path and query may hold placeholders.
        public var url: String
        /// Sorted by name; values may hold placeholders.
        public var headers: [Header]
        /// Of a POST; may hold placeholders.
        public var body: String?
        /// The first that applies decides.
        public var answers: [Answer]
        /// What of an answer to a key that works says whose it is.
        public var identity: [IdentityField] = []
        /// How the request proves that it knows the key without sending it; `nil`: the key is sent.
        public var signature: Signature?

        /// A request.
        public init(
            name: String = "", method: Method = .get, url: String, headers: [Header] = [], body: String? = nil,
            answers: [Answer]
        ) {
            self.name = name
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
            self.answers = answers
        }
    }

    /// A header of a request.
    public struct Header: Sendable, Hashable {
        /// As it is sent.
        public var name: String
        /// May hold placeholders.
        public var value: String

        /// A header.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What the body must be.
    public enum BodyKind: String, Sendable, Hashable, CaseIterable {
        /// The content type says JSON and the whole body parses.
        case json
        /// The content type says XML.
        case xml
        /// The content type says text, other than HTML.
        case text
        /// Anything but HTML.
        case any
    }

    /// A kind of answer and what it means.
    public struct Answer: Sendable, Hashable {
        /// HTTP status codes, 100 to 599.
        public var statuses: [Int]
        /// What the body must be.
        public var kind: BodyKind
        /// Dotted paths that must lead to a value in the JSON body, null among them.
        public var has: [String]
        /// Dotted paths and the values they must lead to.
        public var equals: [Expectation]
        /// Texts that must all stand in the body.
        public var contains: [String]
        /// Whether status and content type are enough: said on purpose where there is no body to look at.
        public var isBare: Bool
        /// What the key is that gets this answer.
        public var liveness: Liveness
        /// One sentence for the reader without a full stop; may be empty.
        public var reason: String

        /// A kind of answer.
        public init(
            statuses: [Int], kind: BodyKind = .json, has: [String] = [], equals: [Expectation] = [],
            contains: [String] = [], isBare: Bool = false, liveness: Liveness, reason: String = ""
        ) {
            self.statuses = statuses
            self.kind = kind
            self.has = has
            self.equals = equals
            self.contains = contains
            self.isBare = isBare
            self.liveness = liveness
            self.reason = reason
        }
    }

    /// A value that must stand at a place of a JSON body.
    public struct Expectation: Sendable, Hashable {
        /// `error.code`: members of objects, indices of arrays.
        public var path: String
        /// What must stand there.
        public var value: Scalar

        /// A place and its value.
        public init(path: String, value: Scalar) {
            self.path = path
            self.value = value
        }
    }

    /// A value without parts.
    public enum Scalar: Sendable, Hashable {
        case text(String)
        case integer(Int)
        case bool(Bool)
    }

    /// An answer as a provider gave it.
    public struct Example: Sendable, Hashable {
        /// The HTTP status.
        public var status: Int
        /// The Content-Type header's value; empty for none.
        public var contentType: String
        /// The content, as text.
        public var body: String
        /// What must come out.
        public var liveness: Liveness
        /// Index in `attempts` of the request that it answers.
        public var attempt: Int

        /// An answer and what must come out.
        public init(status: Int, contentType: String, body: String, liveness: Liveness, attempt: Int = 0) {
            self.status = status
            self.contentType = contentType
            self.body = body
            self.liveness = liveness
            self.attempt = attempt
        }
    }
}
