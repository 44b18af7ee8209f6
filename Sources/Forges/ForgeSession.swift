internal import Bytes
internal import Platform
internal import Synchronization
internal import Verification

/// Who asks a forge: a token, or an application's, which is made for an hour at a time.
final class ForgeSession: Sendable {
    private struct Made {
        var token: SecretBuffer?
        /// Seconds since 1970 at which it ends.
        var end = 0.0
    }

    private let kind: ForgeSource.Kind
    private let credential: ForgeCredential
    private let made = Mutex(Made())
    /// Held by who asks for another token.
    private let renewing = Mutex<Void>(())

    init(_ kind: ForgeSource.Kind, _ credential: ForgeCredential) {
        self.kind = kind
        self.credential = credential
    }

    /// Whether anybody in particular asks.
    var isKnown: Bool { if case .none = credential { false } else { true } }

    /// What messages call it.
    var name: String {
        switch credential {
        case .none: "nobody"
        case .token(_, let variable): variable
        case .application(let application): "the app \(application.id)"
        }
    }

    var application: ForgeApplication? {
        if case .application(let application) = credential { application } else { nil }
    }

    /// What goes into the header `Authorization`.
    ///
    /// - Parameter asApplication: Whether an application speaks for itself, to get the token of an installation.
    func credentials(asApplication: Bool) throws(SigningError) -> (scheme: String, secret: SecretBuffer?) {
        switch credential {
        case .none: return ("", nil)
        case .token(let token, _): return kind.authorization(token)
        case .application(let application):
            if !asApplication, let token = made.withLock({ $0.token }) { return ("Bearer", token) }
            let now = Int(UTCTime.now)
            // GitHub takes ten minutes at most; a clock that is ahead of its own makes a token of the future.
            let claims = "{\"iat\":\(now - 60),\"exp\":\(now + 540),\"iss\":\(JSONDocument.quoted(application.id))}"
            return ("Bearer", try WebToken.signed(claims, with: application.key))
        }
    }

    /// Gets an application another token where it needs one; who asks meanwhile waits, or has the one before.
    ///
    /// - Parameter make: Asks for a token; with the seconds since 1970 at which it ends.
    func renew(
        _ make: () throws(ForgeError) -> (token: SecretBuffer, end: Double)
    ) throws(ForgeError) {
        guard application != nil, needsToken else { return }
        try renewing.withLock { _ throws(ForgeError) in
            guard needsToken else { return }
            let (token, end) = try make()
            made.withLock { $0 = Made(token: token, end: end) }
        }
    }

    private var needsToken: Bool { made.withLock { $0.token == nil || $0.end - UTCTime.now < 300 } }
}

extension ForgeSource.Kind {
    /// How a forge takes a token.
    fileprivate func authorization(_ token: SecretBuffer) -> (scheme: String, secret: SecretBuffer?) {
        switch self {
        case .github, .gitlab: return ("Bearer", token)
        case .gitea: return ("token", token)
        // `user:password` of an application's password or an API token, or a token alone.
        case .bitbucket:
            let isPair = token.withBytes { $0.contains(.colon) }
            return isPair ? ("Basic", Self.base64(before: "", token)) : ("Bearer", token)
        case .azure: return ("Basic", Self.base64(before: ":", token))
        }
    }

    private static func base64(before: String, _ token: SecretBuffer) -> SecretBuffer {
        var plain = Array(before.utf8)
        token.withBytes { plain += $0 }
        defer { plain.withUnsafeMutableBytes { SecretBuffer.wipe($0) } }
        return SecretBuffer(Base64Bytes.encode(plain))
    }
}
