internal import Bytes
package import Rules

/// Mistral's admin API for keys: finds a key by its last four characters, and deletes it.
///
/// `GET /v1/admin/api-keys?name=XXXX` and `DELETE /v1/admin/api-keys/{key_id}`, in preview at the provider's: fields that
/// are not there are left out, and what does not look like a list is an error.
package final class MistralAdministration {
    /// A key as the provider's list has it.
    package struct Entry: Sendable, Hashable {
        package var id: String
        /// The ends of the key, `4RUz...PSIH`.
        package var hiddenKey: String
        package var name: String?
        package var workspace: String?
        package var creator: String?
        package var lastUse: String?
        package var expiry: String?
    }

    private let base: HTTPSAddress
    private let transport: Transport
    private let adminKey: SecretBuffer
    private let auditLog: AuditLog?
    private let rule: String
    private let fingerprint: String
    private let isInterrupted: () -> Bool

    private static let path = "/v1/admin/api-keys"

    /// - Parameters:
    ///   - base: `https://api.mistral.ai`, or a gateway's address.
    ///   - fingerprint: What the audit log calls the key that it is about.
    package init(
        base: HTTPSAddress, adminKey: SecretBuffer, network: NetworkSettings, auditLog: AuditLog?, rule: String,
        fingerprint: String, isInterrupted: @escaping () -> Bool
    ) throws(AdministrationError) {
        self.base = base
        self.adminKey = adminKey
        self.auditLog = auditLog
        self.rule = rule
        self.fingerprint = fingerprint
        self.isInterrupted = isInterrupted
        do throws(TransportFailure) {
            transport = try Transport(network)
        } catch {
            throw AdministrationError(error)
        }
    }

    /// Keys whose last four characters are these.
    package func keys(endingIn lastFour: String) throws(AdministrationError) -> [Entry] {
        let response = try send(.get, Self.path + "?name=" + lastFour)
        guard response.status == 200 else { throw AdministrationError(response, doing: "list keys") }
        guard let value = response.body.withBytes({ JSONValue(parsing: $0) }),
            let list = value.elements
                ?? ["data", "items", "api_keys", "keys"].lazy.compactMap({ value[$0]?.elements }).first
        else {
            throw AdministrationError(
                reason: "the answer is not a list of keys: the API may have changed, it is in preview")
        }
        // The list is of names that match; only the end of the key itself decides.
        return list.compactMap { Entry($0) }.filter { $0.hiddenKey.hasSuffix(lastFour) }
    }

    /// Deletes a key: it stops working at once and for good.
    package func delete(_ entry: Entry) throws(AdministrationError) {
        let response = try send(.delete, Self.path + "/" + entry.id)
        guard (200..<300).contains(response.status) else {
            throw AdministrationError(response, doing: "delete the key")
        }
    }

    private func send(_ method: HTTPMethod, _ target: String) throws(AdministrationError) -> Response {
        let address = base.with(target)
        let request: RenderedRequest
        do throws(RequestError) {
            request = try RenderedRequest(method, address, bearer: adminKey)
        } catch {
            throw AdministrationError(reason: "the admin key cannot be sent: \(error)")
        }
        let noted = NotedRequest(
            request, in: auditLog, host: address.hostAndPort, rule: rule, fingerprint: fingerprint)
        do throws(NotedRequest.Failure) {
            return try noted.send(
                by: { transport }, mayGoOn: { [isInterrupted] in !isInterrupted() },
                verdict: { method == .delete && (200..<300).contains($0.status) ? "deleted" : nil })
        } catch {
            switch error {
            case .log(let failure): throw AdministrationError(reason: failure.description)
            case .transport(let failure): throw AdministrationError(failure)
            }
        }
    }
}

extension MistralAdministration.Entry {
    /// - Returns: `nil` for an element without an id that can stand in a path, or without the key's ends.
    init?(_ value: JSONValue) {
        guard let id = value["key_id"]?.text ?? value["id"]?.text, let hiddenKey = value["hidden_key"]?.text,
            (1...128).contains(id.utf8.count),
            id.utf8.allSatisfy({
                $0.isAlphanumeric || $0 == .hyphen || $0 == .underscore
            })
        else { return nil }
        self.id = id
        self.hiddenKey = hiddenKey
        func text(_ names: String...) -> String? { names.lazy.compactMap { value[$0]?.text }.first { !$0.isEmpty } }
        name = text("name", "key_name")
        workspace = text("workspace_name", "workspace", "workspace.name", "workspace_id")
        creator = text("created_by", "creator", "creator.email", "creator.name", "created_by.email", "user_email")
        lastUse = text("last_used_at", "last_used", "last_use")
        expiry = text("expires_at", "expiry", "expiration_date")
    }
}

/// Why keys could not be listed or deleted.
package struct AdministrationError: Error, Sendable, CustomStringConvertible {
    package var reason: String
    package var advice: String?

    package var description: String { reason + (advice.map { "; \($0)" } ?? "") }

    init(reason: String, advice: String? = nil) {
        self.reason = reason
        self.advice = advice
    }

    init(_ failure: TransportFailure) { self.init(reason: failure.reason, advice: failure.advice) }

    init(_ response: Response, doing what: String) {
        let advice: String? =
            switch response.status {
            case 401: "the admin key is not valid"
            case 403: "this key is not an admin key, or the plan has no admin API"
            case 404: "the API may have changed, it is in preview; use the console"
            case 429: "too many requests; try again later"
            default: nil
            }
        self.init(reason: "the provider refused to \(what) (HTTP \(response.status))", advice: advice)
    }
}
