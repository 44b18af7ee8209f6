/// Which proxy stands between us and a host, as the usual variables say: `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, each
/// in capitals or not.
///
/// libcurl knows these variables too, but does not tell whom it connects to; whether an address may be private depends on
/// that.
package struct ProxySettings: Sendable {
    private let proxy: String?
    private let exceptions: [Substring]

    /// - Parameter variable: The value of a variable of the environment; `nil` for none.
    package init(variable: (String) -> String?) {
        func either(_ name: String) -> String? { variable(name.lowercased()) ?? variable(name) }
        let text = either("HTTPS_PROXY") ?? either("ALL_PROXY") ?? ""
        proxy = text.isEmpty ? nil : text
        exceptions = (either("NO_PROXY") ?? "").split { $0 == "," || $0 == " " || $0 == "\t" }
    }

    /// The proxy's address as libcurl takes it; `nil`: the host is asked directly.
    package func proxy(forHost host: String, port: Int) -> String? {
        guard let proxy, !exceptions.contains(where: { Self.matches(host, port, $0) }) else { return nil }
        return proxy
    }

    private static func matches(_ host: String, _ port: Int, _ exception: Substring) -> Bool {
        if exception == "*" { return true }
        if let address = IPAddress(host) {
            guard let range = AddressRange(exception) else { return false }
            return range.isOfFamily(address) && range.contains(address.bytes)
        }
        var name = exception.lowercased()[...]
        if let colon = name.lastIndex(of: ":"), let wanted = Int(name[name.index(after: colon)...]) {
            guard wanted == port else { return false }
            name = name[..<colon]
        }
        while name.hasPrefix("*") || name.hasPrefix(".") { name = name.dropFirst() }
        guard !name.isEmpty else { return false }
        return host == name || host.hasSuffix("." + name)
    }
}
