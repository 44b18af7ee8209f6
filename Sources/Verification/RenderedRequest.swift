internal import Bytes
package import Rules

/// A request with the key in it, ready to be sent. Everything that holds the key is wiped with it.
package final class RenderedRequest: Sendable {
    package let address: HTTPSAddress
    package let method: HTTPMethod
    /// http, to this machine alone.
    let isPlain: Bool
    let url: SecretBuffer
    /// `Name: value`, each.
    let headers: [SecretBuffer]
    let body: SecretBuffer?
    /// Every form in which the key is sent, longest first: what must not come back out of an answer.
    let forms: [SecretBuffer]
    /// What libcurl signs the request with; `nil`: it does not.
    let signature: LibrarySignature?

    /// Puts a key into an attempt's templates.
    ///
    /// - Parameter address: Where it goes: the attempt's own address, or the one that the user put in its place.
    /// - Throws: `RequestError` for a key that cannot be sent as it is.
    package init(
        _ attempt: VerificationSpec.Attempt, at address: HTTPSAddress, secret: SecretBuffer
    ) throws(RequestError) {
        self.address = address
        isPlain = false
        signature = nil
        method = HTTPMethod(attempt.method)
        var forms = [secret]
        url = try Self.render("https://" + address.hostAndPort + address.target, secret, isAddress: true, &forms)
        var headers: [SecretBuffer] = []
        for header in attempt.headers {
            let line = try Self.render("\(header.name): \(header.value)", secret, isAddress: false, &forms)
            // A line break would end the header and begin another one.
            guard line.withBytes({ $0.allSatisfy { !$0.isControl } }) else { throw .controlCharacter }
            headers.append(line)
        }
        self.headers = headers
        body = try attempt.body.map { text throws(RequestError) in
            try Self.render(text, secret, isAddress: false, &forms)
        }
        self.forms = forms.sorted { $0.count > $1.count }
    }

    /// A request that is no rule's; the key goes into the header `Authorization`.
    ///
    /// - Parameters:
    ///   - isPlain: http in place of https; then it is sent to the loopback address alone.
    ///   - secret: `nil`: the server wants none.
    ///   - json: The body.
    package init(
        _ method: HTTPMethod, _ address: HTTPSAddress, isPlain: Bool = false, bearer secret: SecretBuffer?,
        json: [UInt8]? = nil
    ) throws(RequestError) {
        self.address = address
        self.method = method
        self.isPlain = isPlain
        signature = nil
        forms = [secret].compactMap { $0 }
        url = SecretBuffer((isPlain ? "http" + address.description.dropFirst(5) : address.description).utf8)
        var headers = [SecretBuffer("Accept: application/json\(json == nil ? "" : ", text/event-stream")".utf8)]
        if let secret {
            let line = SecretBuffer("Authorization: Bearer ".utf8)
            secret.withBytes { line.append($0) }
            guard line.withBytes({ $0.allSatisfy { !$0.isControl } }) else { throw .controlCharacter }
            headers.insert(line, at: 0)
        }
        // An empty `Expect` keeps libcurl from waiting for a leave to send the body.
        if json != nil { headers += ["Content-Type: application/json", "Expect:"].map { SecretBuffer($0.utf8) } }
        self.headers = headers
        body = json.map { SecretBuffer($0) }
    }

    /// A request for a file, with no key in it.
    init(getting address: HTTPSAddress) {
        self.address = address
        method = .get
        isPlain = false
        signature = nil
        forms = []
        url = SecretBuffer(address.description.utf8)
        headers = []
        body = nil
    }

    /// A request for a part of something that is kept in a registry.
    ///
    /// - Parameters:
    ///   - isPlain: http in place of https; then it is sent to the loopback address alone.
    ///   - accept: Media types.
    package init(
        getting address: HTTPSAddress, isPlain: Bool, accept: String, _ authorization: RequestAuthorization
    ) throws(RequestError) {
        self.address = address
        self.isPlain = isPlain
        method = .get
        body = nil
        url = SecretBuffer((isPlain ? "http" + address.description.dropFirst(5) : address.description).utf8)
        var lines = [SecretBuffer("Accept: \(accept)".utf8)]
        switch authorization {
        case .none: forms = []
        case .bearer(let token):
            let line = SecretBuffer("Authorization: Bearer ".utf8)
            token.withBytes { line.append($0) }
            lines.append(line)
            forms = [token]
        case .basic(let pair):
            let line = SecretBuffer("Authorization: Basic ".utf8)
            let encoded = Self.base64(pair)
            encoded.withBytes { line.append($0) }
            lines.append(line)
            forms = [pair, encoded]
        }
        guard lines.allSatisfy({ $0.withBytes { $0.allSatisfy { !$0.isControl } } }) else { throw .controlCharacter }
        headers = lines
        signature = nil
    }

    /// A request that is signed; its parts are ready.
    init(
        _ attempt: VerificationSpec.Attempt, at address: HTTPSAddress, headers: [SecretBuffer], body: SecretBuffer?,
        forms: [SecretBuffer], signature: LibrarySignature?
    ) {
        self.address = address
        method = HTTPMethod(attempt.method)
        isPlain = false
        url = SecretBuffer(address.description.utf8)
        self.headers = headers
        self.body = body
        self.forms = forms
        self.signature = signature
    }

    /// A question to a forge: a GET, or the POST without a body by which an application gets its token.
    ///
    /// - Parameters:
    ///   - authorization: What stands before the secret in the header `Authorization`: `Bearer`, `token`, `Basic`.
    ///   - secret: `nil`: nobody is to be known.
    ///   - headers: `Name: value`, each.
    package init(
        _ method: HTTPMethod, _ address: HTTPSAddress, authorization: String, secret: SecretBuffer?, headers: [String]
    ) throws(RequestError) {
        self.address = address
        self.method = method
        isPlain = false
        signature = nil
        forms = [secret].compactMap { $0 }
        url = SecretBuffer(address.description.utf8)
        var lines = headers.map { SecretBuffer($0.utf8) }
        if let secret {
            let line = SecretBuffer("Authorization: \(authorization) ".utf8)
            secret.withBytes { line.append($0) }
            lines.append(line)
        }
        guard lines.allSatisfy({ line in line.withBytes { $0.allSatisfy { !$0.isControl } } }) else {
            throw .controlCharacter
        }
        self.headers = lines
        body = method == .post ? SecretBuffer() : nil
    }

    private static func render(
        _ text: String, _ secret: SecretBuffer, isAddress: Bool, _ forms: inout [SecretBuffer]
    ) throws(RequestError) -> SecretBuffer {
        let template: SecretTemplate
        do throws(UnknownPlaceholder) {
            template = try SecretTemplate(text)
        } catch {
            throw .unknownPlaceholder(error.text)
        }
        let result = SecretBuffer(capacity: text.utf8.count + secret.count + 1)
        for piece in template.pieces {
            switch piece {
            case .text(let text): result.append(text.utf8)
            // In an address a key's slash or question mark must not become part of its structure.
            case .secret where isAddress, .percentEncoded: add(percentEncoded(secret))
            case .secret: secret.withBytes { result.append($0) }
            case .base64(let before, let after):
                let plain = SecretBuffer(capacity: before.utf8.count + secret.count + after.utf8.count + 1)
                plain.append(before.utf8)
                secret.withBytes { plain.append($0) }
                plain.append(after.utf8)
                add(base64(plain))
            }
        }
        return result

        func add(_ form: SecretBuffer) {
            form.withBytes { result.append($0) }
            forms.append(form)
        }
    }

    private static func percentEncoded(_ secret: SecretBuffer) -> SecretBuffer {
        let digits = Array("0123456789ABCDEF".utf8)
        let result = SecretBuffer(capacity: secret.count * 3 + 1)
        secret.withBytes { bytes in
            for byte in bytes {
                let isPlain = byte.isAlphanumeric || "-._~".utf8.contains(byte)
                if isPlain {
                    result.append(byte)
                } else {
                    result.append([.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
                }
            }
        }
        return result
    }

    private static func base64(_ plain: SecretBuffer) -> SecretBuffer {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let result = SecretBuffer(capacity: (plain.count + 2) / 3 * 4 + 1)
        plain.withBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let group = bytes[start..<min(start + 3, bytes.count)]
                let bits = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < group.count ? UInt32(group[start + $1]) : 0) }
                for index in 0..<4 {
                    let isPadding = index > group.count
                    result.append(isPadding ? .equalsSign : alphabet[Int(bits >> (18 - 6 * UInt32(index)) & 63)])
                }
            }
        }
        return result
    }
}

/// Who asks.
package enum RequestAuthorization: Sendable {
    case none
    case bearer(SecretBuffer)
    /// `user:password`
    case basic(SecretBuffer)
}

package enum HTTPMethod: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    /// Never a rule's: only `windsock revoke --yes` deletes something.
    case delete = "DELETE"

    init(_ method: VerificationSpec.Method) {
        self =
            switch method {
            case .get: .get
            case .head: .head
            case .post: .post
            }
    }
}

/// Why a key cannot be sent.
package enum RequestError: Error, Sendable, Hashable, CustomStringConvertible {
    case controlCharacter
    case unknownPlaceholder(String)
    case badAddress(HTTPSAddressError)
    /// What a signature takes beside the key is not known.
    case noOtherHalf(VerificationSpec.Signature)
    /// A key of a session, whose token is not known.
    case sessionKey
    /// Why it could not be signed.
    case unsigned(String)

    package var description: String {
        switch self {
        case .controlCharacter: "it holds a control character, which no request can carry"
        case .unknownPlaceholder(let text): "the rule has the unknown placeholder \(text)"
        case .badAddress(let error): "the rule's address \(error)"
        case .noOtherHalf(let signature): SecondHalf.missing(signature)
        case .sessionKey: "it is of a session, and takes the session's token, too"
        case .unsigned(let reason): reason
        }
    }
}
