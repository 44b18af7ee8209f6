import Bytes

/// Header and payload of a JSON Web Token (RFC 7519): base64url of JSON objects.
enum JSONWebTokenParts {
    static func judge(_ token: UnsafeRawBufferPointer) -> StructureVerdict {
        guard let first = token.firstIndex(of: .period),
            let second = token.slice(first + 1..<token.count).firstIndex(of: .period)
        else { return .notApplicable }
        let header = Base64Bytes.decode(token.slice(0..<first))
        let payload = Base64Bytes.decode(token.slice(first + 1..<first + 1 + second))
        guard isObject(header), isObject(payload) else { return .unconfirmed }
        return holds("\"alg\"", header) ? .confirmed : .unconfirmed
    }

    /// Whether the bytes are braces with text between; that it is JSON all through is not looked at.
    private static func isObject(_ bytes: [UInt8]) -> Bool {
        bytes.first == .leftBrace && bytes.last == .rightBrace && bytes.allSatisfy { $0 >= .space || $0.isWhitespace }
    }

    private static func holds(_ literal: StaticString, _ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { $0.containsCaseless(literal) }
    }
}
