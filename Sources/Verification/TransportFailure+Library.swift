internal import CCurl

extension TransportFailure {
    /// Puts libcurl's code into words of ours: its own messages may quote what a server said.
    init(
        _ code: CURLcode, _ exchange: Exchange, host: String, connectStatus: Int, isProxied: Bool,
        settings: NetworkSettings
    ) {
        self.init(reason: "")
        wasSent = exchange.wasSent
        if exchange.wasEnded {
            reason = "it was interrupted"
        } else if exchange.wasHeldBack {
            reason = "the request was not sent"
        } else if exchange.wasTooLarge {
            reason = "the answer is larger than any that the provider gives"
            advice = "something else than the provider may be speaking; ask from another network"
        } else if exchange.wasAddressRefused, exchange.reach == .loopback {
            reason = "\(host) has an address that is not of this machine, and http is for this machine alone"
            advice = "use https"
        } else if exchange.wasAddressRefused {
            reason = "\(host) has an address that is not of the public internet, and the key was not sent there"
            advice = "if that is meant to be so, say --allow-private-addresses"
        } else if isProxied, connectStatus != 0, connectStatus != 200 {
            reason = "the proxy refused to connect to \(host) (HTTP \(connectStatus))"
            advice = connectStatus == 407 ? "put user and password into HTTPS_PROXY" : "check HTTPS_PROXY and NO_PROXY"
        } else {
            (reason, advice) = Self.words(code, host, isProxied, settings)
        }
    }

    private static func words(
        _ code: CURLcode, _ host: String, _ isProxied: Bool, _ settings: NetworkSettings
    ) -> (String, String?) {
        let network = "check the network, and HTTPS_PROXY if there is a proxy"
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return ("the name \(host) could not be resolved", network)
        case CURLE_COULDNT_RESOLVE_PROXY: return ("the proxy's name could not be resolved", "check HTTPS_PROXY")
        case CURLE_COULDNT_CONNECT:
            return isProxied
                ? ("the proxy could not be reached", "check HTTPS_PROXY")
                : ("\(host) could not be reached: no connection", network)
        case CURLE_OPERATION_TIMEDOUT:
            return ("\(host) did not answer in time", "ask again later; \(network)")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
            return (
                "the certificate that \(host) showed is not valid for it, so that the key was not sent",
                "a proxy that opens TLS, a wrong clock or an attack; a company's own authority goes into SSL_CERT_FILE"
            )
        case CURLE_SSL_CACERT_BADFILE:
            let file = settings.certificateFiles.first ?? settings.certificateFolder ?? "the system's"
            return ("the certificates to trust could not be read (\(file))", "check CURL_CA_BUNDLE and SSL_CERT_FILE")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ENGINE_NOTFOUND:
            return ("no TLS connection to \(host) came about", "a proxy or a firewall may stand in between")
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            return ("the answer of \(host) ended before it was whole", "ask again later")
        case CURLE_SEND_ERROR: return ("the connection to \(host) was lost while asking", "ask again later")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
            return ("what \(host) answered is not HTTP", "something else than the provider may be speaking")
        case CURLE_OUT_OF_MEMORY: return ("there is no memory left", nil)
        case CURLE_PROXY: return ("the proxy refused to connect to \(host)", "check HTTPS_PROXY")
        default:
            return ("the request to \(host) failed (\(String(cString: windsock_curl_error(code))))", network)
        }
    }
}
