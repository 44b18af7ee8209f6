import Bytes
import FoundationEssentials
import Rules
import Verification

/// A configuration at an address, which is what its digest says or nothing.
///
/// It is fetched once, and then taken from `$XDG_CACHE_HOME/windsock/configurations`: what is pinned does not change.
struct RemoteConfiguration {
    private let address: RuleFile.Extension.Address

    init(_ address: RuleFile.Extension.Address) { self.address = address }

    func text() throws(CommandFailure) -> String {
        if let bytes = cached { return try Self.text(bytes, address.url) }
        let bytes = try fetched()
        let digest = SHA256.hexadecimal(of: bytes)
        guard digest == address.sha256 else {
            throw CommandFailure(
                "what stands at \(address.url) has the SHA-256 \(digest), not the one that pins it; look at what has changed before you change the pin"
            )
        }
        keep(bytes)
        return try Self.text(bytes, address.url)
    }

    private func fetched() throws(CommandFailure) -> [UInt8] {
        do throws(TransportFailure) {
            var settings = NetworkSettings(variable: Environment.value)
            // Whoever runs the program has named it, nothing but its name is sent, and what comes is what the digest says: a
            // team's own server, on a network of its own, is as good as any.
            settings.allowsPrivateAddresses = true
            settings.userAgent = "windsock/\(Windsock.version)"
            return try RemoteFile.fetch(address.url, settings)
        } catch {
            throw CommandFailure(
                "could not fetch \(address.url): \(error.reason)" + (error.advice.map { ". \($0)" } ?? ""))
        }
    }

    private var path: String? {
        let folder =
            Environment.value("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? Environment.value("HOME").map { $0 + "/.cache" }
        return folder.map { "\($0)/windsock/configurations/\(address.sha256).toml" }
    }

    private var cached: [UInt8]? {
        guard let path, let data = FileManager.default.contents(atPath: path) else { return nil }
        let bytes = Array(data)
        return SHA256.hexadecimal(of: bytes) == address.sha256 ? bytes : nil
    }

    private func keep(_ bytes: [UInt8]) {
        guard let path, let slash = path.lastIndex(of: "/") else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: String(path[..<slash]), withIntermediateDirectories: true)
            try OutputFile.write(bytes, path: path)
        } catch {
            // It is fetched again the next time.
        }
    }

    private static func text(_ bytes: [UInt8], _ url: String) throws(CommandFailure) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure("what stands at \(url) is not UTF-8 text")
        }
        return text
    }
}
