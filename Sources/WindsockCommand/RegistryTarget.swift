import FoundationEssentials
import Images
import Pipeline
import Registry
import ScanSources
import Verification

/// An image that is scanned where a registry keeps it.
enum RegistryTarget {
    /// - Parameters:
    ///   - name: As the user has written it.
    ///   - allowsPrivateAddresses: Whether the registry may be outside of the public internet.
    static func target(_ name: String, allowsPrivateAddresses: Bool) throws(SourceError) -> ImageTarget {
        let reference: RegistryReference
        do throws(RegistryReference.Failure) {
            reference = try RegistryReference(name)
        } catch {
            throw SourceError(
                attempt: "scan the image", subject: name, message: "it \(error.reason)",
                advice: "Write it as docker does: ghcr.io/owner/app:1.2; an archive is named without --image")
        }
        var network = NetworkSettings(variable: Environment.value)
        network.allowsPrivateAddresses = allowsPrivateAddresses
        network.userAgent = "windsock/\(Windsock.version)"
        let settings = network
        return ImageTarget(name: reference.description) { () throws(SourceError) in
            try open(reference, settings, try login(for: reference))
        }
    }

    private static func login(for reference: RegistryReference) throws(SourceError) -> DockerCredentials.Login? {
        do throws(DockerCredentials.Failure) {
            return try DockerCredentials(ProcessInfo.processInfo.environment).login(for: reference)
        } catch {
            throw failure(reference, error.reason, "log in with docker login or podman login")
        }
    }

    private static func open(
        _ reference: RegistryReference, _ settings: NetworkSettings, _ login: DockerCredentials.Login?
    ) throws(SourceError) -> (catalog: ImageCatalog, files: any ImageFiles) {
        do throws(RegistryFailure) {
            return try RegistryFiles.open(
                RegistryClient(reference, settings, login: login, mayGoOn: { !interruption.isRequested }))
        } catch {
            throw failure(reference, error.message, error.advice)
        }
    }

    private static func failure(_ reference: RegistryReference, _ message: String, _ advice: String?) -> SourceError {
        let advice = advice.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return SourceError(
            attempt: "scan the image", subject: reference.description, message: message,
            advice: advice ?? "Try again later", isUsage: false)
    }
}
