internal import Rules

/// Sends a message to an address that is a secret itself: who has it writes into somebody's channel.
package struct Webhook: Sendable {
    private let address: WebAddress
    private let settings: NetworkSettings

    package init(_ address: WebAddress, _ settings: NetworkSettings) {
        self.address = address
        self.settings = settings
    }

    /// For messages: of the address only the host.
    package var host: String { address.https.hostAndPort }

    /// Posts JSON, once: nobody wants a message twice, and no redirect is followed.
    ///
    /// - Parameter mayGoOn: Called while it runs; false ends it.
    /// - Throws: `TransportFailure`, too, for an answer that does not say that it was taken.
    package func post(_ json: [UInt8], mayGoOn: @escaping () -> Bool) throws(TransportFailure) {
        let request: RenderedRequest
        do throws(RequestError) {
            request = try RenderedRequest(.post, address.https, isPlain: address.isPlain, bearer: nil, json: json)
        } catch {
            throw TransportFailure(reason: error.description)
        }
        let response: Response
        do throws(NotedRequest.Failure) {
            response = try NotedRequest(
                request, in: nil, host: host, rule: "", fingerprint: "", byteCount: json.count
            ).send(by: { () throws(TransportFailure) in try Transport(settings) }, mayGoOn: mayGoOn)
        } catch {
            switch error {
            case .transport(let failure): throw failure
            case .log: throw TransportFailure(reason: "the request could not be noted")
            }
        }
        switch response.status {
        case 200..<300: return
        case 300..<400:
            throw TransportFailure(
                reason: "\(host) sends on to another address (HTTP \(response.status)), which is not followed",
                advice: "give the address that it sends on to, if it is whom you mean")
        case 429: throw TransportFailure(reason: "\(host) had too many messages (HTTP 429)", advice: "send it later")
        case 400..<500:
            throw TransportFailure(
                reason: "\(host) did not take the message (HTTP \(response.status))",
                advice: "the address may be withdrawn, or be one for another kind of message")
        default: throw TransportFailure(reason: "\(host) answered HTTP \(response.status)", advice: "send it later")
        }
    }
}
