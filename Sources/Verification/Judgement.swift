package import Rules

/// What an answer means, and why, in words.
package struct Judgement: Sendable, Hashable {
    package var liveness: Liveness
    /// One sentence without a full stop.
    package var reason: String
    /// What the reader can do about it; `nil` where the verdict says it all.
    package var advice: String?

    package init(_ liveness: Liveness, _ reason: String, advice: String? = nil) {
        self.liveness = liveness
        self.reason = reason
        self.advice = advice
    }
}

extension Judgement {
    /// Judges what a server answered.
    ///
    /// A verdict needs an answer that only the provider gives: its status, its content type and the shape of its body.
    /// Whatever a proxy, a firewall or a broken server may say as well is unknown.
    ///
    /// - Parameter contentType: The header's value; empty for none.
    package init(
        status: Int, contentType: String, body: UnsafeRawBufferPointer, of attempt: VerificationSpec.Attempt
    ) {
        if let judgement = Self.withoutRule(status) {
            self = judgement
            return
        }
        let type = ContentType(contentType)
        if type == .html || ContentType.looksLikeHTML(body) {
            self.init(
                .unknown, "the answer (HTTP \(status)) is a web page, which a proxy or a firewall may have made",
                advice: "ask from another network, or set HTTPS_PROXY")
            return
        }
        let answers = attempt.answers.filter { $0.statuses.contains(status) }
        let json = type == .json ? JSONValue(parsing: body) : nil
        for answer in answers where answer.applies(to: type, json, body) {
            self.init(answer.liveness, answer.words(status), advice: Self.advice(status, answer.liveness))
            return
        }
        self = Self.unexpected(status, type: contentType, isKnownStatus: !answers.isEmpty)
    }

    /// Statuses that say nothing about a key, whoever answers.
    private static func withoutRule(_ status: Int) -> Judgement? {
        switch status {
        case 429:
            Judgement(
                .unknown, "the provider limits the rate of requests (HTTP 429)",
                advice: "ask again later, or more slowly")
        case 407:
            Judgement(
                .unknown, "a proxy wants to know who asks (HTTP 407)", advice: "put user and password into HTTPS_PROXY")
        case 300..<400:
            Judgement(
                .unknown, "the answer is a redirect (HTTP \(status)), which is never followed with a key",
                advice: "a captive portal or a proxy does that; ask from another network")
        case 500...:
            Judgement(.unknown, "the server has trouble of its own (HTTP \(status))", advice: "ask again later")
        case ..<200: Judgement(.unknown, "the answer (HTTP \(status)) is no answer")
        default: nil
        }
    }

    private static func unexpected(_ status: Int, type: String, isKnownStatus: Bool) -> Judgement {
        if status == 404 {
            return Judgement(
                .unknown, "there is nothing at this address (HTTP 404): the endpoint moved, or a gateway lacks it",
                advice: "check --endpoint, or the rule's url")
        }
        let shape = isKnownStatus ? "is not what the provider says with it" : "is not one that the rule knows"
        return Judgement(
            .unknown, "the answer (HTTP \(status)) \(shape)",
            advice: "a proxy or a firewall may be speaking; ask from another network")
    }

    private static func advice(_ status: Int, _ liveness: Liveness) -> String? {
        switch liveness {
        case .live: "revoke it now"
        case .restricted: "revoke it now: a plan or a permission is all that it lacks"
        case .dead: "nothing is left to revoke; take it out of the code all the same"
        case .unknown: nil
        }
    }
}

extension VerificationSpec.Answer {
    func applies(to type: ContentType, _ value: JSONValue?, _ body: UnsafeRawBufferPointer) -> Bool {
        switch kind {
        case .json:
            guard let value else { return false }
            guard has.allSatisfy({ value.value(at: $0) != nil }) else { return false }
            guard equals.allSatisfy({ value.value(at: $0.path)?.matches($0.value) == true }) else { return false }
        case .xml: guard type == .xml else { return false }
        case .text: guard type == .text || type == .json || type == .xml else { return false }
        case .any: break
        }
        return contains.allSatisfy { body.holds(Array($0.utf8)) }
    }

    /// The rule's words, or plain ones.
    func words(_ status: Int) -> String {
        if !reason.isEmpty { return "\(reason) (HTTP \(status))" }
        return switch liveness {
        case .live: "the provider accepts it (HTTP \(status))"
        case .restricted: "the provider knows it, but it may not do this (HTTP \(status))"
        case .dead: "the provider refuses it (HTTP \(status)): revoked, expired or mistyped"
        case .unknown: "the answer (HTTP \(status)) says nothing about it"
        }
    }
}

extension JSONValue {
    fileprivate func matches(_ scalar: VerificationSpec.Scalar) -> Bool {
        switch (self, scalar) {
        case (.string(let text), .text(let wanted)): text == wanted
        case (.number(let number), .integer(let wanted)): number == Double(wanted)
        case (.bool(let bool), .bool(let wanted)): bool == wanted
        default: false
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func holds(_ text: [UInt8]) -> Bool {
        guard let first = text.first, text.count <= count else { return false }
        return (0...count - text.count).contains { start in
            self[start] == first && self[start..<start + text.count].elementsEqual(text)
        }
    }
}
