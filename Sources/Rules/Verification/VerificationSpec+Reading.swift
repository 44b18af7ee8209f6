/// Reads `[rules.verify]`. What could send a key astray, or call a firewall's page "live", is refused here.
extension VerificationSpec {
    private static let maximumAlternatives = 8
    /// What libcurl writes itself, or what has no business in a request that only asks.
    private static let refusedHeaders: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "cookie", "proxy-authorization", "expect",
        "upgrade",
        "te", "trailer", "keep-alive",
    ]

    init?(_ reader: inout TableReader) throws(RuleFileError) {
        guard var table = try reader.table("verify") else { return nil }
        var main = try Self.attempt(&table)
        guard !main.answers.isEmpty else { throw table.error("has no answers, so that nothing could be told from one") }
        main.name = ""
        attempts = [main]
        let alternatives = try table.readers("alternatives")
        guard alternatives.count <= Self.maximumAlternatives else {
            throw table.error("has more than \(Self.maximumAlternatives) alternatives")
        }
        for var alternative in alternatives {
            let name = try alternative.string("name") ?? ""
            var attempt = try Self.attempt(&alternative)
            attempt.name = name
            if attempt.answers.isEmpty { attempt.answers = main.answers }
            try alternative.rejectUnknown()
            attempts.append(attempt)
        }
        examples = []
        for var example in try table.readers("examples") {
            examples.append(try Self.example(&example, attempts: attempts.count))
        }
        try table.rejectUnknown()
    }

    private static func attempt(_ table: inout TableReader) throws(RuleFileError) -> Attempt {
        guard let url = try table.string("url") else { throw table.error("has no url") }
        do throws(HTTPSAddressError) {
            _ = try HTTPSAddress(url)
        } catch {
            throw table.error("has a url that \(error)")
        }
        var attempt = Attempt(url: url, answers: [])
        attempt.method = try method(&table)
        attempt.body = try table.string("body")
        switch (attempt.method, attempt.body) {
        case (.post, nil): throw table.error("is a POST and needs a body; \"\" will do")
        case (.get, .some), (.head, .some): throw table.error("has a body, which only a POST may have")
        default: break
        }
        attempt.headers = try headers(&table)
        var holdsSecret = false
        for text in [url] + attempt.headers.map(\.value) + [attempt.body ?? ""] {
            do throws(UnknownPlaceholder) {
                if try SecretTemplate(text).holdsSecret { holdsSecret = true }
            } catch {
                throw table.error(
                    "has the unknown placeholder \(error.text); there are {{secret}}, {{url:secret}} and {{base64:…secret…}}"
                )
            }
        }
        guard holdsSecret else { throw table.error("sends the key nowhere: there is no {{secret}} in it") }
        for var answer in try table.readers("answers") { attempt.answers.append(try self.answer(&answer)) }
        return attempt
    }

    private static func method(_ table: inout TableReader) throws(RuleFileError) -> Method {
        guard let text = try table.string("method") else { return .get }
        guard let method = Method(rawValue: text) else {
            throw table.error(
                "has \"\(text)\" as \"method\"; it must be GET, HEAD or POST: nothing that could change anything")
        }
        return method
    }

    private static func headers(_ table: inout TableReader) throws(RuleFileError) -> [Header] {
        guard let fields = try table.scalars("headers") else { return [] }
        var result: [Header] = []
        for (name, value) in fields {
            guard case .text(let text) = value else { throw table.error("needs a text for the header \"\(name)\"") }
            guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
                throw table.error("has \"\(name)\" as a header's name, which no header can have")
            }
            guard !refusedHeaders.contains(name.lowercased()) else {
                throw table.error("sets the header \"\(name)\", which is not a rule's to set")
            }
            guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
                throw table.error("has a control character in the header \"\(name)\"")
            }
            result.append(Header(name: name, value: text))
        }
        return result
    }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    private static func answer(_ table: inout TableReader) throws(RuleFileError) -> Answer {
        guard let statuses = try table.integers("status"), !statuses.isEmpty else {
            throw table.error("names no status, for example status = [200]")
        }
        guard statuses.allSatisfy({ (100...599).contains($0) }) else {
            throw table.error("has a status that lies outside of 100 to 599")
        }
        guard let liveness: Liveness = try table.choice("verdict") else { throw table.error("has no verdict") }
        var answer = Answer(statuses: statuses, liveness: liveness)
        answer.kind = try table.choice("type") ?? .json
        answer.has = try table.strings("has") ?? []
        for (path, value) in try table.scalars("equals") ?? [] {
            answer.equals.append(Expectation(path: path, value: value))
        }
        answer.contains = try table.strings("contains") ?? []
        answer.isBare = try table.bool("bare") ?? false
        answer.reason = try table.string("reason") ?? ""
        try table.rejectUnknown()
        try check(answer, table)
        return answer
    }

    private static func check(_ answer: Answer, _ table: TableReader) throws(RuleFileError) {
        if answer.kind != .json, !answer.has.isEmpty || !answer.equals.isEmpty {
            throw table.error(
                "looks into a body of type \"\(answer.kind.rawValue)\"; has and equals are for json alone")
        }
        if (answer.has + answer.equals.map(\.path)).contains(where: {
            $0.isEmpty || $0.hasPrefix(".") || $0.hasSuffix(".")
        }) {
            throw table.error("has an empty name in a path")
        }
        if answer.contains.contains("") { throw table.error("has an empty text in \"contains\"") }
        guard answer.liveness != .unknown else { return }
        if let status = answer.statuses.first(where: {
            $0 == 429 || $0 == 407 || 300..<400 ~= $0 || $0 >= 500 || $0 < 200
        }) {
            throw table.error(
                "calls a key \(answer.liveness.rawValue) for status \(status), which says nothing about it")
        }
        if !answer.isBare, answer.has.isEmpty, answer.equals.isEmpty, answer.contains.isEmpty {
            throw table.error(
                "judges by the status alone: name what the body must hold (has, equals, contains), or say bare = true")
        }
    }

    private static func example(_ table: inout TableReader, attempts: Int) throws(RuleFileError) -> Example {
        guard let status = try table.integer("status") else { throw table.error("has no status") }
        guard let liveness: Liveness = try table.choice("verdict") else { throw table.error("has no verdict") }
        let example = Example(
            status: status, contentType: try table.string("type") ?? "", body: try table.string("body") ?? "",
            liveness: liveness, attempt: try table.integer("alternative").map { $0 + 1 } ?? 0)
        guard example.attempt < attempts else { throw table.error("is of an alternative that there is not") }
        try table.rejectUnknown()
        return example
    }
}
