internal import Bytes
internal import Rules

/// How a registry wants to be asked: what its header `WWW-Authenticate` says.
enum RegistryChallenge: Equatable {
    case basic
    /// A token from somewhere, for a service and a scope.
    case bearer(realm: String, service: String?, scope: String?)

    /// - Parameter header: `Bearer realm="…",service="…",scope="…"`.
    init?(_ header: String) {
        let kind = header.prefix { $0 != " " }.lowercased()
        if kind == "basic" {
            self = .basic
            return
        }
        guard kind == "bearer" else { return nil }
        let values = Self.parameters(header.dropFirst("bearer".count))
        guard let realm = values["realm"] else { return nil }
        self = .bearer(realm: realm, service: values["service"], scope: values["scope"])
    }

    private static func parameters(_ text: Substring) -> [String: String] {
        var values: [String: String] = [:]
        var rest = text
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].filter { $0 != "," && !$0.isWhitespace }.lowercased()
            rest = rest[rest.index(after: equals)...]
            if rest.first == "\"" {
                rest = rest.dropFirst()
                let end = rest.firstIndex(of: "\"") ?? rest.endIndex
                values[name] = String(rest[..<end])
                rest = rest[end...].dropFirst()
            } else {
                let end = rest.firstIndex(of: ",") ?? rest.endIndex
                values[name] = rest[..<end].filter { !$0.isWhitespace }
                rest = rest[end...]
            }
        }
        return values
    }

    /// Where a token is to be had.
    ///
    /// - Parameter repository: What it is for, where the registry does not say.
    static func tokenAddress(realm: String, service: String?, scope: String?, repository: String) -> String {
        var query = "scope=" + encoded(scope ?? "repository:\(repository):pull")
        if let service { query = "service=\(encoded(service))&" + query }
        return realm + (realm.contains("?") ? "&" : "?") + query
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            if byte.isAlphanumeric || "-._~".utf8.contains(byte) {
                result.append(byte)
            } else {
                result += [.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
