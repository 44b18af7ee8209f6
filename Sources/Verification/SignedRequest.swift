internal import Bytes
internal import Rules

/// How libcurl signs a request by itself.
struct LibrarySignature {
    /// Provider, region and service, as `CURLOPT_AWS_SIGV4` takes them.
    let scheme: String
    /// `id:secret`.
    let credentials: SecretBuffer
}

extension RenderedRequest {
    /// The request of an attempt: the key is sent, or signs.
    convenience init(
        _ attempt: VerificationSpec.Attempt, at address: HTTPSAddress, key: KeyToVerify
    ) throws(RequestError) {
        if let signature = attempt.signature {
            try self.init(attempt, signedAs: signature, at: address, key: key, time: UTCTime.now)
        } else {
            try self.init(attempt, at: address, secret: key.secret)
        }
    }

    /// A request that proves to know a key without sending it.
    ///
    /// - Parameters:
    ///   - address: The attempt's own, or what the user put in its place; a storage account's name goes in front of the former.
    ///   - time: Seconds since 1970-01-01 00:00 UTC, which is signed, too.
    /// - Throws: `RequestError` where the other half of the key is not known, or the key cannot sign.
    convenience init(
        _ attempt: VerificationSpec.Attempt, signedAs signature: VerificationSpec.Signature, at address: HTTPSAddress,
        key: KeyToVerify, time: Double
    ) throws(RequestError) {
        guard let name = SecondHalf(of: key, for: signature).name else { throw .noOtherHalf(signature) }
        let own = attempt.headers.map { SecretBuffer("\($0.name): \($0.value)".utf8) }
        let forms = [key.secret]
        switch signature {
        case .awsSTS:
            // Keys of a session take its token, which is a secret of its own.
            guard !name.hasPrefix("ASIA") else { throw .sessionKey }
            let credentials = SecretBuffer("\(name):".utf8)
            key.secret.withBytes { credentials.append($0) }
            self.init(
                attempt, at: address, headers: own, body: nil, forms: forms,
                signature: LibrarySignature(scheme: "aws:amz:us-east-1:sts", credentials: credentials))
        case .googleServiceAccount:
            let body = try Self.assertion(of: name, key, for: address, time: time)
            let type = SecretBuffer("Content-Type: application/x-www-form-urlencoded".utf8)
            self.init(attempt, at: address, headers: own + [type], body: body, forms: forms, signature: nil)
        case .azureStorage:
            var place = address
            if address.host == "blob.core.windows.net", let account = Self.host(name, of: address) { place = account }
            let headers = try Self.sharedKey(of: name, key, for: place, time: time)
            self.init(attempt, at: place, headers: own + headers, body: nil, forms: forms, signature: nil)
        }
    }

    // MARK: Google

    /// Asks for a token that says who the account is, and nothing that it could be used for else.
    private static func assertion(
        of account: String, _ key: KeyToVerify, for address: HTTPSAddress, time: Double
    ) throws(RequestError) -> SecretBuffer {
        let now = Int(time)
        let claims = [
            "\"iss\":\(JSONDocument.quoted(account))", "\"aud\":\"https://oauth2.googleapis.com/token\"",
            "\"scope\":\"https://www.googleapis.com/auth/userinfo.email\"", "\"iat\":\(now)", "\"exp\":\(now + 300)",
        ]
        do throws(SigningError) {
            let token = try WebToken.signed("{\(claims.joined(separator: ","))}", with: try privateKey(key))
            let body = SecretBuffer(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=".utf8)
            token.withBytes { body.append($0) }
            return body
        } catch {
            throw .unsigned(error.reason)
        }
    }

    /// The key as PEM, whatever it was escaped or encoded as.
    private static func privateKey(_ key: KeyToVerify) throws(SigningError) -> SecretBuffer {
        var text = key.secret.withBytes { Array($0) }
        defer { text.withUnsafeMutableBytes { SecretBuffer.wipe($0) } }
        let begin = Array("-----begin".utf8)
        if text.withUnsafeBytes({ $0.firstCaseless(begin, in: 0..<text.count) }) == nil {
            text = Base64Bytes.decode(text)
        }
        guard let start = text.withUnsafeBytes({ $0.firstCaseless(begin, in: 0..<text.count) }) else {
            throw SigningError(reason: "there is no private key in it")
        }
        let result = SecretBuffer(capacity: text.count)
        var position = start
        while position < text.count {
            let byte = text[position]
            position += 1
            guard byte == .backslash else {
                if byte == .quotationMark { break }
                result.append(byte)
                continue
            }
            // `\n`, `\\n`, `\r\n`; a carriage return is none of PEM's.
            while position < text.count, text[position] == .backslash { position += 1 }
            if position < text.count, text[position] == UInt8(ascii: "n") { result.append(.lineFeed) }
            position += 1
        }
        return result
    }

    // MARK: Azure

    private static func host(_ account: String, of address: HTTPSAddress) -> HTTPSAddress? {
        try? HTTPSAddress("https://\(account).\(address.hostAndPort)\(address.target)")
    }

    /// The headers of Azure Storage's Shared Key, for a GET without a body.
    private static func sharedKey(
        of account: String, _ key: KeyToVerify, for address: HTTPSAddress, time: Double
    ) throws(RequestError) -> [SecretBuffer] {
        let version = "2021-08-06"
        let date = HTTPDate.text(time)
        let parts = address.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let parameters = parts.count > 1 ? parts[1].split(separator: "&").map(String.init).sorted() : []
        let resource =
            "/\(account)\(parts[0])"
            + parameters.map { parameter in
                "\n" + parameter.replacing("=", with: ":", maxReplacements: 1)
            }.joined()
        let message =
            "GET" + String(repeating: "\n", count: 12) + "x-ms-date:\(date)\nx-ms-version:\(version)\n" + resource
        var secret = key.secret.withBytes { Base64Bytes.decode($0) }
        defer { secret.withUnsafeMutableBytes { SecretBuffer.wipe($0) } }
        let code = Base64Bytes.encode(HMAC.sha256(Array(message.utf8), key: secret))
        return ["x-ms-date: \(date)", "x-ms-version: \(version)"].map { SecretBuffer($0.utf8) }
            + [SecretBuffer(Array("Authorization: SharedKey \(account):".utf8) + code)]
    }
}

/// Times as HTTP has them: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    /// - Parameter seconds: Since 1970-01-01 00:00 UTC.
    static func text(_ seconds: Double) -> String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = UTCTime.parts(seconds)
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(days[parts.weekday]), \(pad(parts.day)) \(months[parts.month]) \(parts.year) "
            + "\(pad(parts.hour)):\(pad(parts.minute)):\(pad(parts.second)) GMT"
    }
}
