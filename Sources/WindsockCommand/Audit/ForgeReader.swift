import Bytes
import Forges
import FoundationEssentials
import Platform
import Reports
import Verification

/// Asks the forges of an audit, with what the user logs in with.
final class ForgeReader: Sendable {
    let filter: ForgeFilter
    let texts: [ForgeText.Kind]
    private let settings: ForgeSettings
    private let extras: ForgeExtras
    private let budget: ForgeBudget
    private let application: ForgeApplication?
    private let log: AuditLog?

    /// Bytes of the texts of one repository that are read.
    static let maximumTextSize = 256 << 20

    /// - Parameter log: Gets a line for each request.
    init(_ options: ForgeOptions, _ verification: VerificationOptions, log: AuditLog?) throws(CommandFailure) {
        filter = options.filter
        texts = ForgeText.Kind.allCases.filter(options.texts.contains)
        var network = NetworkSettings(variable: Environment.value)
        network.allowsPrivateAddresses = verification.allowPrivateAddresses
        network.userAgent = "windsock/\(Windsock.version)"
        var settings = ForgeSettings(network: network)
        settings.maximumRequests = options.forgeRequests
        settings.patience = options.forgePatience.seconds
        self.settings = settings
        budget = ForgeBudget(settings)
        var extras = ForgeExtras()
        (extras.memberGists, extras.usesSSH) = (options.memberGists, options.cloneBySSH)
        self.extras = extras
        self.log = log
        application = try Self.application(options)
    }

    private static func application(_ options: ForgeOptions) throws(CommandFailure) -> ForgeApplication? {
        guard let id = options.githubApp ?? Environment.value("GITHUB_APP_ID"),
            let path = options.githubAppKey ?? Environment.value("GITHUB_APP_PRIVATE_KEY_FILE")
        else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("could not read the app's key \(path.visible): \(SystemError.reason(of: errno))")
        }
        return ForgeApplication(id: id, key: SecretBuffer(data))
    }

    /// One for one thread.
    func forge(_ source: ForgeSource) throws(ForgeError) -> Forge {
        // The process holds a token from here on.
        _ = ProcessProtection.apply()
        return try Forge(
            source, credential: credential(source.kind), extras, settings: settings, budget: budget, log: log,
            isInterrupted: { interruption.isRequested })
    }

    private func credential(_ kind: ForgeSource.Kind) -> ForgeCredential {
        if kind == .github, let application { return .application(application) }
        for name in kind.tokenVariables {
            if let token = Environment.value(name) { return .token(SecretBuffer(token.utf8), variable: name) }
        }
        return .none
    }
}

/// The texts beside one repository of a forge.
struct ForgeTexts: Sendable {
    let reader: ForgeReader
    let source: ForgeSource
    let repository: ForgeRepository
    /// The repository's own, in a store.
    let address: RepositoryAddress

    /// What the store calls their place.
    var location: String { "\(address.name) \(words)" }

    /// `issues, pulls`
    private var words: String { reader.texts.map(\.rawValue).joined(separator: ", ") }
}
