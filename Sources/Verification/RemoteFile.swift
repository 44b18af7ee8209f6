internal import Rules

/// Fetches a file that somebody has named by its address; sends nothing but the request for it.
package enum RemoteFile {
    /// - Throws: `TransportFailure`, too, for an answer that is no file.
    package static func fetch(_ url: String, _ settings: NetworkSettings) throws(TransportFailure) -> [UInt8] {
        let address: HTTPSAddress
        do throws(HTTPSAddressError) {
            address = try HTTPSAddress(url)
        } catch {
            throw TransportFailure(reason: "the address \(error)")
        }
        let response = try Transport(settings).send(
            RenderedRequest(getting: address), patience: settings.timeout, maySend: { true }, mayGoOn: { true })
        guard response.status == 200 else {
            throw TransportFailure(reason: "the server answered \(response.status)")
        }
        return response.body.withBytes { Array($0) }
    }
}
