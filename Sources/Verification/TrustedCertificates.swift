internal import Bytes
internal import Platform

/// The certificates to trust that the environment names.
enum TrustedCertificates {
    /// What several files of certificates (PEM) hold together.
    static func contents(_ paths: [String]) throws(TransportFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        for path in paths {
            guard let file = fopen(path, "rb") else {
                throw TransportFailure(
                    reason: "the certificates to trust could not be read (\(path))",
                    advice: "check CURL_CA_BUNDLE and SSL_CERT_FILE")
            }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 65536)
            while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
            // A last line without its end would swallow the first of the next file.
            bytes.append(.lineFeed)
        }
        return bytes
    }
}
