/// What to say when a model cannot be asked: the one table, which `Documentation/advise.md` shows.
package enum ModelTroubleshooting: Sendable {
    case connection, invalidKey, noModels, refused, unauthorized, forbidden, missing, busy, provider, stranger, broken

    package static let all: [ModelTroubleshooting] = [
        .connection, .invalidKey, .noModels, .refused, .unauthorized, .forbidden, .missing, .busy, .provider, .stranger,
        .broken,
    ]

    /// What people see.
    package var name: String {
        switch self {
        case .connection: "connection failed"
        case .invalidKey: "invalid key"
        case .noModels: "no models"
        case .refused: "400, 422"
        case .unauthorized: "401"
        case .forbidden: "403"
        case .missing: "404"
        case .busy: "429, rate limit"
        case .provider: "5xx"
        case .stranger: "a web page, a redirect"
        case .broken: "an answer that cannot be used"
        }
    }

    /// What they can do; a sentence without a full stop.
    package var advice: String {
        switch self {
        case .connection:
            "check the address, the network and HTTPS_PROXY; then that the key is right and has not been revoked: a new one is made in the provider's console"
        case .invalidKey: "copy the key whole, without spaces or other characters around it"
        case .noModels: "the account needs access to at least one model; some need a paid plan"
        case .refused:
            "the request was not understood: choose a model that can chat and answer in JSON (`windsock llm models`), or a newer server"
        case .unauthorized:
            "the key may have expired or been disabled: make a new one in the console and put it into the variable; keys for Codestral work at https://codestral.mistral.ai alone"
        case .forbidden:
            "the key is valid, but not for this: look at its project, organisation and workspace, and at billing"
        case .missing: "the address or the model's name has changed: `windsock llm models` lists those that there are"
        case .busy: "the quota of the account or its plan is used up: wait, and look at the limits in the console"
        case .provider: "the provider has trouble of its own: see its status page first"
        case .stranger:
            "a proxy, a firewall or a sign-in page is speaking: ask from another network, or set HTTPS_PROXY"
        case .broken: "ask again; if it stays so, choose another model (`windsock llm models`)"
        }
    }

    /// - Parameter status: Of HTTP; `nil` for one that says that all is well.
    package init?(status: Int) {
        switch status {
        case 200..<300: return nil
        case 300..<400, 407: self = .stranger
        case 401: self = .unauthorized
        case 402, 403: self = .forbidden
        case 404, 405, 410: self = .missing
        case 429: self = .busy
        case 500...: self = .provider
        default: self = .refused
        }
    }
}

/// Why there is no answer of a model. Nothing in it comes from the other side.
package struct ModelFailure: Error, Sendable, CustomStringConvertible {
    /// A sentence without a full stop.
    package var reason: String
    package var help: ModelTroubleshooting?
    /// What goes in the place of the table's line.
    package var advice: String?
    /// Whether asking about the next finding could not end otherwise.
    package var isFinal = false

    package init(_ reason: String, _ help: ModelTroubleshooting?, advice: String? = nil, isFinal: Bool = false) {
        self.reason = reason
        self.help = help
        self.advice = advice
        self.isFinal = isFinal
    }

    package var description: String {
        let rest = [advice, help?.advice].compactMap { $0 }.first
        return reason + (rest.map { ": \($0)" } ?? "")
    }
}
