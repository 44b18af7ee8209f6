internal import CCurl
internal import Platform
internal import Rules

/// Sends requests, one at a time, over connections that it keeps. The one owner of a libcurl handle; for one thread.
///
/// What no setting changes: https alone, but for requests that say themselves that they are http to this machine, certificate and
/// host name checked, no redirect followed, no cookie, no user from
/// `.netrc`, no proxy that sees the key's header, no compressed body.
package final class Transport {
    private let handle: UnsafeMutableRawPointer
    private let settings: NetworkSettings

    private static let maximumHeader = 64 << 10

    package init(_ settings: NetworkSettings) throws(TransportFailure) {
        if let reason = windsock_curl_load() {
            throw TransportFailure(reason: String(cString: reason), advice: "install libcurl, or leave --verify out")
        }
        guard let handle = windsock_curl_new() else { throw TransportFailure(reason: "libcurl has no memory left") }
        self.handle = handle
        self.settings = settings
    }

    deinit { windsock_curl_free(handle) }

    /// Sends a request and reads the whole answer.
    ///
    /// - Parameters:
    ///   - receive: Takes the body of an answer whose status says that all is well, bit by bit as it comes, besides the whole;
    ///     false ends the request.
    ///   - keepsBody: Whether the answer has its body: what is taken bit by bit may be too long for that.
    ///   - maySend: Called on the open connection directly before the request is sent; false keeps it from being sent.
    ///   - mayGoOn: Called while it runs; false ends it.
    package func send(
        _ request: RenderedRequest, patience: Double, receive: ((UnsafeRawBufferPointer) -> Bool)? = nil,
        keepsBody: Bool = true,
        maySend: @escaping () -> Bool, mayGoOn: @escaping () -> Bool
    ) throws(TransportFailure) -> Response {
        let proxy =
            request.isPlain ? nil : settings.proxy.proxy(forHost: request.address.host, port: request.address.port)
        let answer = Exchange.Answer(
            maximumBody: settings.maximumBody, maximumHeader: Self.maximumHeader,
            receive: receive.map { receive in
                { [handle] bytes in
                    var status = 0
                    let code = windsock_curl_get_number(handle, CURLINFO_RESPONSE_CODE, &status)
                    return code != CURLE_OK || !(200..<300).contains(status) || receive(bytes)
                }
            }, keepsBody: keepsBody)
        let exchange = Exchange(
            reach: request.isPlain
                ? .loopback : settings.allowsPrivateAddresses || proxy != nil ? .anywhere : .publicInternet,
            answer, maySend: maySend, mayGoOn: mayGoOn)
        var callbacks = exchange.callbacks
        let headerLines = list(request.headers)
        let resolutions = list(settings.resolutions.map { SecretBuffer($0.utf8) })
        defer {
            windsock_curl_reset(handle)
            windsock_curl_free_list(headerLines)
            windsock_curl_free_list(resolutions)
            withExtendedLifetime(exchange) {}
        }
        try configure(request, proxy: proxy, patience: patience, headers: headerLines, resolutions: resolutions)
        let code = withUnsafePointer(to: &callbacks) { callbacks in
            let code = windsock_curl_set_callbacks(handle, callbacks)
            return code == CURLE_OK ? windsock_curl_perform(handle) : code
        }
        for form in request.forms {
            exchange.body.mask(form)
            exchange.header.mask(form)
        }
        guard code == CURLE_OK else {
            throw TransportFailure(
                code, exchange, host: request.address.hostAndPort, connectStatus: number(CURLINFO_HTTP_CONNECTCODE),
                isProxied: proxy != nil, settings: settings)
        }
        return response(exchange, request)
    }

    // MARK: Answers

    private func response(_ exchange: Exchange, _ request: RenderedRequest) -> Response {
        var type: UnsafePointer<CChar>?
        _ = windsock_curl_get_text(handle, CURLINFO_CONTENT_TYPE, &type)
        let typeText = SecretBuffer(type.map { String(cString: $0) }?.utf8.prefix(200).map { $0 } ?? [])
        for form in request.forms { typeText.mask(form) }
        let retryAfter = largeNumber(CURLINFO_RETRY_AFTER)
        return Response(
            status: number(CURLINFO_RESPONSE_CODE),
            contentType: typeText.withBytes { String(decoding: $0, as: UTF8.self) },
            retryAfter: retryAfter > 0 ? retryAfter : nil, header: exchange.header, body: exchange.body,
            duration: exchange.timeSinceSending)
    }

    private func number(_ info: CURLINFO) -> Int {
        var number = 0
        return windsock_curl_get_number(handle, info, &number) == CURLE_OK ? number : 0
    }

    private func largeNumber(_ info: CURLINFO) -> Int {
        var number: curl_off_t = 0
        return windsock_curl_get_large_number(handle, info, &number) == CURLE_OK ? Int(number) : 0
    }

    // MARK: Settings

    private func configure(
        _ request: RenderedRequest, proxy: String?, patience: Double, headers: UnsafeMutablePointer<curl_slist>?,
        resolutions: UnsafeMutablePointer<curl_slist>?
    ) throws(TransportFailure) {
        try check(windsock_curl_allow_only(handle, request.isPlain ? 1 : 0))
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, 6)  // CURL_SSLVERSION_TLSv1_2, at least
        try set(CURLOPT_NETRC, 0)
        try set(CURLOPT_VERBOSE, 0)
        try set(CURLOPT_HTTP_VERSION, 4)  // CURL_HTTP_VERSION_2TLS: HTTP/2 where the server offers it
        // Signals cannot be used with threads; names are resolved in a thread of libcurl's.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(settings.connectTimeout * 1000))
        try set(CURLOPT_TIMEOUT_MS, Int((settings.timeout + patience) * 1000))
        try set(CURLOPT_USERAGENT, settings.userAgent)
        try trust(settings.certificateFiles)
        if let folder = settings.certificateFolder { try set(CURLOPT_CAPATH, folder) }
        // An empty text keeps libcurl from looking into the environment itself.
        try set(CURLOPT_PROXY, proxy ?? "")
        try set(CURLOPT_NOPROXY, "")
        // The headers, and with them the key, are for the server and not for the proxy.
        try set(CURLOPT_HEADEROPT, 1)  // CURLHEADER_SEPARATE
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_RESOLVE, pointer: resolutions.map { UnsafeRawPointer($0) })
        try set(CURLOPT_HTTPHEADER, pointer: headers.map { UnsafeRawPointer($0) })
        try set(CURLOPT_URL, request.url)
        // A key that is `..` stays where it stands.
        try set(CURLOPT_PATH_AS_IS, 1)
        if let signature = request.signature {
            try set(CURLOPT_AWS_SIGV4, signature.scheme)
            try set(CURLOPT_USERPWD, signature.credentials)
        }
        switch request.method {
        case .get: try set(CURLOPT_HTTPGET, 1)
        case .head: try set(CURLOPT_NOBODY, 1)
        case .post:
            try set(CURLOPT_POST, 1)
            try set(CURLOPT_POSTFIELDSIZE, request.body?.count ?? 0)
            if let body = request.body { try set(CURLOPT_COPYPOSTFIELDS, body) }
        case .delete: try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
    }

    private func trust(_ files: [String]) throws(TransportFailure) {
        guard !files.isEmpty else { return }
        var bytes = try TrustedCertificates.contents(files)
        let code = bytes.withUnsafeMutableBytes { bytes in
            // The flag: libcurl makes a copy.
            var blob = curl_blob(data: bytes.baseAddress, len: bytes.count, flags: 1)
            return windsock_curl_set_pointer(handle, CURLOPT_CAINFO_BLOB, &blob)
        }
        try check(code)
    }

    private func list(_ lines: [SecretBuffer]) -> UnsafeMutablePointer<curl_slist>? {
        lines.reduce(nil) { list, line in line.withCString { windsock_curl_append(list, $0) } ?? list }
    }

    private func set(_ option: CURLoption, _ number: Int) throws(TransportFailure) {
        try check(windsock_curl_set_number(handle, option, number))
    }

    private func set(_ option: CURLoption, _ text: String) throws(TransportFailure) {
        try check(text.withCString { windsock_curl_set_pointer(handle, option, $0) })
    }

    private func set(_ option: CURLoption, _ text: SecretBuffer) throws(TransportFailure) {
        try check(text.withCString { windsock_curl_set_pointer(handle, option, $0) })
    }

    private func set(_ option: CURLoption, pointer: UnsafeRawPointer?) throws(TransportFailure) {
        try check(windsock_curl_set_pointer(handle, option, pointer))
    }

    /// An option that this libcurl does not know would leave a protection out.
    private func check(_ code: CURLcode) throws(TransportFailure) {
        guard code != CURLE_OK else { return }
        throw TransportFailure(
            reason: "libcurl refuses a setting that requests need (\(String(cString: windsock_curl_error(code))))",
            advice: "windsock needs libcurl 7.80 or later")
    }
}
