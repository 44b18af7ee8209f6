import ArgumentParser
import FoundationEssentials
import History
import Pipeline
import Rules
import Store

extension VerifyCommand {
    /// Asks again about what worked when it was last asked about.
    func verify(storedIn path: String) throws {
        let engine = try RuleLoader(ruleOptions).load()
        let log = try VerificationSetup(options).openAuditLog()
        let verifier = try FindingVerifier(options, rules: engine.rules, log: log)
        var settings = ScanSettings()
        settings.archives = .audit
        settings.fingerprintKey = try Environment.fingerprintKey()
        let mirrors = try MirrorFolder(mirrors, maximumSize: .max, fetchLimit: 0)
        let access: Store.Access = options.verifyDryRun ? .reading : .writing
        let store = try StoreFile.open(path, for: access)
        let content = try StoreFile.told { () throws(StoreError) in try store.content() }
        let again = StoredVerification(
            content, engine, RepositoryAudit(engine, settings, isWhole: true).settings, verifier, mirrors: mirrors)
        if options.verifyDryRun {
            return try OutputFile.write(Array(again.dryRun().utf8), path: "-")
        }
        let outcomes = again.run()
        let told = outcomes.compactMap { outcome in outcome.result.map { (secret: outcome.secret, result: $0) } }
        let reopened = try StoreFile.told(code: .incomplete) { () throws(StoreError) in
            try store.record(told, time: Date().timeIntervalSince1970)
        }
        let report = StoredVerificationReport(outcomes: outcomes, reopened: reopened)
        try OutputFile.write(format == .json ? report.json : Array(report.text.utf8), path: "-")
        throw ExitCode(report.status.rawValue)
    }
}
