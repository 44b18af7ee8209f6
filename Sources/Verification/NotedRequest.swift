internal import Platform

/// A request with a line in the audit log before it is sent, and one with what came of it.
package struct NotedRequest {
    /// Why there is no answer.
    package enum Failure: Error {
        /// Nothing was sent, since it could not be noted.
        case log(AuditLogError)
        case transport(TransportFailure)
    }

    private let request: RenderedRequest
    private let entry: AuditEntry
    private let log: AuditLog?

    /// - Parameters:
    ///   - rule: The rule of the key that it is about; empty: it is about none.
    ///   - fingerprint: What the log calls that key.
    ///   - model: The language model that is asked; `nil`: none is.
    ///   - byteCount: Length of the body in bytes; `nil`: there is none.
    package init(
        _ request: RenderedRequest, in log: AuditLog?, host: String, rule: String, fingerprint: String,
        model: String? = nil, byteCount: Int? = nil
    ) {
        self.request = request
        self.log = log
        var entry = AuditEntry(
            event: .request, id: log?.nextID() ?? "", time: UTCTime.now, method: request.method, host: host, rule: rule,
            fingerprint: fingerprint)
        (entry.model, entry.byteCount) = (model, byteCount)
        self.entry = entry
    }

    /// Sends it.
    ///
    /// - Parameters:
    ///   - open: Makes the transport, or gives the one that there is.
    ///   - receive: As for `Transport.send`.
    ///   - mayGoOn: As for `Transport.send`.
    ///   - verdict: What the log says of an answer besides its status.
    package func send(
        by open: () throws(TransportFailure) -> Transport, receive: ((UnsafeRawBufferPointer) -> Bool)? = nil,
        mayGoOn: @escaping () -> Bool, verdict: (Response) -> String? = { _ in nil }
    ) throws(Failure) -> Response {
        var entry = entry
        var auditFailure: AuditLogError?
        func append() -> Bool {
            entry.time = UTCTime.now
            do throws(AuditLogError) {
                try log?.append(entry)
                return true
            } catch {
                auditFailure = error
                return false
            }
        }
        let started = MonotonicClock.now
        let reply: Result<Response, TransportFailure>
        do throws(TransportFailure) {
            reply = .success(
                try open().send(request, patience: 0, receive: receive, maySend: { append() }, mayGoOn: mayGoOn))
        } catch {
            reply = .failure(error)
        }
        if let auditFailure { throw .log(auditFailure) }
        entry.event = .answer
        entry.duration = MonotonicClock.now - started
        switch reply {
        case .success(let response):
            entry.status = response.status
            entry.verdict = verdict(response)
            // The answer stands, whether or not it could be noted; a next request would not be made.
            _ = append()
            return response
        case .failure(let failure):
            entry.reason = failure.reason
            _ = append()
            throw .transport(failure)
        }
    }
}
