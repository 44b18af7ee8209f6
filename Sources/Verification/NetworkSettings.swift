/// How requests are made.
package struct NetworkSettings: Sendable {
    /// Whether keys may be sent to addresses outside of the public internet: this machine, the local network.
    package var allowsPrivateAddresses = false
    package var proxy: ProxySettings
    /// Files of certificates (PEM) to trust in place of the system's.
    package var certificateFiles: [String]
    /// A folder of the same, by hash.
    package var certificateFolder: String?
    /// Seconds until a connection stands.
    package var connectTimeout = 10.0
    /// Seconds for one request from beginning to end.
    package var timeout = 20.0
    /// Bytes of a body; a larger one is no answer.
    package var maximumBody = 1 << 20
    package var userAgent = "windsock"
    /// For tests: `name:port:address` in place of asking the name service.
    var resolutions: [String] = []

    /// Settings from the variables that curl and OpenSSL have.
    package init(variable: (String) -> String?) {
        proxy = ProxySettings(variable: variable)
        // Both, for one may be the machine's and the other the user's.
        certificateFiles = [variable("CURL_CA_BUNDLE"), variable("SSL_CERT_FILE")].compactMap { $0 }
        certificateFolder = variable("SSL_CERT_DIR")
    }
}
