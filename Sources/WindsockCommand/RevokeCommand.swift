import ArgumentParser
import Bytes
import Findings
import FoundationEssentials
import Reports
import Rules
import Scanner
import Verification

struct RevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract:
            "Find a leaked Mistral AI key through the admin API by its last four characters, and delete it (experimental).",
        discussion: """
            Without --yes nothing is deleted: the key's name, workspace, creator and last use are shown. The leaked key itself is \
            sent nowhere. The provider's API is in preview and needs an admin key.

            Exit code: 0 done, or shown; 1 there is no such key, or more than one; 2 wrong usage; 3 the provider could not be asked.
            """)

    @Argument(help: "The fingerprint of a finding, looked up in --report, or by a scan of --repository.")
    var fingerprint: String?

    @Option(help: ArgumentHelp("The key's last four characters.", valueName: "xxxx"))
    var lastFour: String?

    @Option(help: ArgumentHelp("A JSON report that has the fingerprint.", valueName: "file"), completion: .file())
    var report: String?

    @Option(help: ArgumentHelp("The repository or folder that has the key.", valueName: "path"), completion: .directory)
    var repository = "."

    @Flag(help: "Look for the fingerprint in the whole history, not only in the files.")
    var history = false

    @Option(help: ArgumentHelp("The variable with the admin key.", valueName: "name"))
    var adminKeyEnv = "MISTRAL_ADMIN_API_KEY"

    @Option(help: ArgumentHelp("Which key, where several end alike: its id in the list.", valueName: "id"))
    var keyID: String?

    @Flag(help: "Delete the key. Without this it is only shown.")
    var yes = false

    @Option(
        help: ArgumentHelp("Ask at this address in place of https://api.mistral.ai.", valueName: "mistral=url"),
        transform: EndpointArgument.init(argument:))
    var endpoint: EndpointArgument?

    @Flag(help: "Send the admin key also to addresses outside of the public internet.")
    var allowPrivateAddresses = false

    @Option(
        help: ArgumentHelp("Append a line of JSON to a file before each request and after it.", valueName: "file"),
        completion: .file())
    var auditLog: String?

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

    private static let rule = "mistral-api-key"

    func validate() throws {
        guard (fingerprint == nil) != (lastFour == nil) else {
            throw ValidationError("Name a fingerprint or --last-four.")
        }
        if let lastFour, !Self.isEnd(lastFour) {
            // Who writes more than four characters has written a key, which is repeated nowhere.
            throw ValidationError("--last-four takes four letters or digits, the end of the key and no more.")
        }
        if let fingerprint, Fingerprint(fingerprint) == nil {
            throw ValidationError("A fingerprint is \(Fingerprint.form). A key is never an argument.")
        }
    }

    private static func isEnd(_ text: String) -> Bool {
        text.utf8.count == 4 && text.utf8.allSatisfy(\.isAlphanumeric)
    }

    func run() throws {
        _ = ProcessProtection.apply()
        installInterruptHandlers()
        let end = try lastFour ?? lastFourOfFinding()
        let administration = try administration(for: end)
        let entries: [MistralAdministration.Entry]
        do throws(AdministrationError) {
            entries = try administration.keys(endingIn: end)
        } catch {
            throw CommandFailure("could not find the key ending in \(end): \(error)", code: .incomplete)
        }
        let chosen = entries.filter { keyID == nil || $0.id == keyID }
        guard let entry = chosen.first else {
            throw CommandFailure(
                "the organisation has no key ending in \(end)\(keyID == nil ? "" : " with that id"): it is revoked already, or of another organisation",
                code: .findings)
        }
        print(chosen.map(Self.description).joined(separator: "\n"))
        guard chosen.count == 1 else {
            throw CommandFailure("\(chosen.count) keys end in \(end): choose one with --key-id", code: .findings)
        }
        guard yes else {
            print("nothing was deleted; --yes deletes this key, and it stops working at once")
            return
        }
        do throws(AdministrationError) {
            try administration.delete(entry)
        } catch {
            throw CommandFailure("could not delete the key \(entry.id): \(error)", code: .incomplete)
        }
        print("deleted; `windsock verify` shows that it is dead")
    }

    private func administration(for end: String) throws -> MistralAdministration {
        let adminKey: KeyInput
        do throws(CommandFailure) {
            adminKey = try KeyInput(variable: adminKeyEnv)
        } catch {
            throw CommandFailure("no admin key: \(error); --admin-key-env names another variable")
        }
        var network = NetworkSettings(variable: Environment.value)
        network.allowsPrivateAddresses = allowPrivateAddresses
        network.userAgent = "windsock/\(Windsock.version)"
        do {
            return try MistralAdministration(
                base: endpoint?.address ?? HTTPSAddress("https://api.mistral.ai"), adminKey: adminKey.secret,
                network: network, auditLog: auditLog.map { try AuditLog(path: $0) }, rule: Self.rule,
                fingerprint: fingerprint ?? "last four \(end)", isInterrupted: { interruption.isRequested })
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private static func description(_ entry: MistralAdministration.Entry) -> String {
        let fields = [
            ("key", entry.hiddenKey), ("id", entry.id), ("name", entry.name), ("workspace", entry.workspace),
            ("creator", entry.creator), ("last use", entry.lastUse), ("expires", entry.expiry),
        ]
        return fields.compactMap { name, value in
            value.map { "\(name)\(String(repeating: " ", count: 11 - name.count))\($0.printable)" }
        }.joined(separator: "\n")
    }

    // MARK: From a fingerprint to the key's end

    /// The redacted form has it: of a key of 24 characters or more, it shows the last four.
    private func lastFourOfFinding() throws -> String {
        let fingerprint = fingerprint ?? ""
        let redacted = try report.map { try Self.redacted(fingerprint, inReport: $0) } ?? redactedByScan(fingerprint)
        guard let redacted else {
            throw CommandFailure(
                "there is no finding \(fingerprint) in \(report ?? repository)"
                    + (report == nil && !history ? "; --history looks into the history" : ""))
        }
        let end = String(redacted.suffix(4))
        guard Self.isEnd(end) else {
            throw CommandFailure("the key of \(fingerprint) is too short to be told by its end; use --last-four")
        }
        return end
    }

    private func redactedByScan(_ fingerprint: String) throws -> String? {
        var scan = try BaselineScanOptions.parse((history ? ["--history"] : []) + ["--", repository])
        scan.ruleOptions = ruleOptions
        let list = FingerprintList([fingerprint].compactMap { Fingerprint($0) })
        return try scan.findings().first { !$0.identity.matches(in: list).isEmpty }?.secret.redacted
    }

    private struct Report: Decodable {
        struct Finding: Decodable {
            var fingerprint: String
            var redacted: String
        }
        var findings: [Finding]
    }

    private static func redacted(_ fingerprint: String, inReport path: String) throws -> String? {
        let text = try TextFile.read(path, purpose: "the report")
        guard let report = try? JSONDecoder().decode(Report.self, from: Data(text.utf8)) else {
            throw CommandFailure("\(path) is not a JSON report of windsock (scan --report json=\(path))")
        }
        return report.findings.first { $0.fingerprint == fingerprint }?.redacted
    }
}

extension String {
    /// On one line, without what a terminal would obey: the text comes from the other side.
    fileprivate var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.prefix(200).map { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) ? "?" : $0 }))
    }
}
