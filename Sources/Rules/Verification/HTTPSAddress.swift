import Bytes

/// An https address, taken apart: where a request goes is never up to the key that is put into it.
public struct HTTPSAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or an address, lower-case; an IPv6 address without its brackets.
    public let host: String
    /// 443 where none is written.
    public let port: Int
    /// Path and query as written, `/` at least; may hold placeholders.
    public var target: String

    /// Reads an address.
    ///
    /// - Throws: `HTTPSAddressError` for anything but https, user information, fragments, placeholders before the path,
    ///   and bytes that no address has.
    public init(_ text: String) throws(HTTPSAddressError) {
        guard text.prefix(8).lowercased() == "https://" else { throw .notHTTPS }
        let rest = text.dropFirst(8)
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = rest[..<end]
        if authority.contains("{") { throw .placeholderInHost }
        if authority.contains("@") { throw .userInformation }
        var name = authority
        var portText: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw .badHost }
            name = authority[authority.index(after: authority.startIndex)..<close]
            let tail = authority[authority.index(after: close)...]
            if !tail.isEmpty {
                guard tail.hasPrefix(":") else { throw .badHost }
                portText = tail.dropFirst()
            }
            guard !name.isEmpty, name.utf8.allSatisfy({ $0.isHexDigit || $0 == .colon || $0 == .period }) else {
                throw .badHost
            }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                name = authority[..<colon]
                portText = authority[authority.index(after: colon)...]
            }
            guard !name.isEmpty, name.utf8.allSatisfy({ $0.isHostByte }), !name.hasPrefix("."), !name.contains("..")
            else { throw .badHost }
        }
        if let portText {
            guard let number = Int(portText), (1...65_535).contains(number), portText.utf8.allSatisfy({ $0.isDigit })
            else { throw .badPort }
            port = number
        } else {
            port = 443
        }
        host = name.lowercased()
        let target = rest[end...]
        if target.contains("#") { throw .fragment }
        guard target.utf8.allSatisfy({ UInt8.visibleCharacters.contains($0) }) else { throw .badPath }
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// `host`, or `host:port` where the port is not 443.
    public var hostAndPort: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == 443 ? name : "\(name):\(port)"
    }

    /// The whole address, as it is asked.
    public var description: String { "https://" + hostAndPort + target }
}

/// Why a text is no address that a key may be sent to.
public enum HTTPSAddressError: Error, Sendable, Hashable, CustomStringConvertible {
    case notHTTPS, placeholderInHost, userInformation, badHost, badPort, fragment, badPath

    /// What is wrong, in words that follow the address.
    public var description: String {
        switch self {
        case .notHTTPS: "must begin with https://"
        case .placeholderInHost: "has a placeholder before its path; the host must be fixed"
        case .userInformation: "holds a user or password"
        case .badHost: "has no valid host name"
        case .badPort: "has a port that is no number from 1 to 65535"
        case .fragment: "has a fragment (#…), which is never sent"
        case .badPath: "has a space, a control or a non-ASCII character; percent-encode it"
        }
    }
}

extension UInt8 {
    fileprivate var isHostByte: Bool { isAlphanumeric || self == .hyphen || self == .period || self == .underscore }
}
