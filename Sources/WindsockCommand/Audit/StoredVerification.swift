import Bytes
import Findings
import FoundationEssentials
import Git
import Pipeline
import Rules
import ScanSources
import Scanner
import Store

/// Asks again about secrets of a store: reads each once more where it stands, for the store has none of them.
struct StoredVerification {
    /// What has become of one.
    struct Outcome {
        var secret: StoredSecret
        /// `nil`: nobody was asked, since it could not be read again.
        var result: VerificationResult?
    }

    private let content: StoreContent
    private let engine: ScanEngine
    private let settings: ScanSettings
    private let verifier: FindingVerifier
    private let mirrors: MirrorFolder

    init(
        _ content: StoreContent, _ engine: ScanEngine, _ settings: ScanSettings, _ verifier: FindingVerifier,
        mirrors: MirrorFolder
    ) {
        (self.content, self.engine, self.settings) = (content, engine, settings)
        (self.verifier, self.mirrors) = (verifier, mirrors)
    }

    /// Those that worked when they were last asked about, in order of their fingerprints.
    var secrets: [StoredSecret] {
        content.secrets.filter { secret in
            guard let verification = secret.verification else { return false }
            return verification.liveness.isLive
        }.sorted { $0.fingerprint.description < $1.fingerprint.description }
    }

    func run() -> [Outcome] {
        let secrets = secrets
        var found: [Int: Finding] = [:]
        for (index, secret) in secrets.enumerated() where !interruption.isRequested { found[index] = finding(secret) }
        let numbers = found.keys.sorted()
        let results = verifier.results(of: numbers.compactMap { found[$0] })
        let byNumber = Dictionary(uniqueKeysWithValues: zip(numbers, results))
        return secrets.enumerated().map { Outcome(secret: $1, result: byNumber[$0]) }
    }

    /// The requests that would be made.
    func dryRun() -> String { verifier.dryRun(secrets.compactMap(finding)) }

    // MARK: Reading it again

    private func finding(_ secret: StoredSecret) -> Finding? {
        for sighting in secret.sightings {
            for folder in folders(sighting.repository) {
                for place in sighting.occurrences {
                    guard let bytes = Self.bytes(of: place, in: folder),
                        let finding = finding(secret, in: bytes, path: place.path)
                    else { continue }
                    return finding
                }
            }
        }
        return nil
    }

    /// Where a repository may lie on this machine.
    private func folders(_ repository: Int) -> [String] {
        guard let known = content.repositories[repository] else { return [] }
        var folders: [String] = []
        for location in known.runs.map(\.location) + [known.key] {
            if location.hasPrefix("/") {
                folders.append(location)
            } else if let address = try? RepositoryAddress(location) {
                folders.append(mirrors.mirror(of: address))
            }
        }
        return folders
    }

    private static func bytes(of place: Occurrence, in folder: String) -> [UInt8]? {
        guard let object = place.origin.object else {
            guard place.origin == .file else { return nil }
            return FileManager.default.contents(atPath: "\(folder)/\(place.file)").map { Array($0) }
        }
        do throws(GitError) {
            return try Repository.open(at: folder).objects.withObject(object) { Array($1) }
        } catch {
            // Another copy may have it.
            return nil
        }
    }

    private func finding(_ secret: StoredSecret, in bytes: [UInt8], path: String) -> Finding? {
        let file = String(path.prefix { $0 != "!" })
        let source = FetchedTextsSource([.init(address: file, bytes: bytes)])
        let request = ScanRequest(.text([], name: file), repository: "/", settings: settings)
        do throws(SourceError) {
            let result = try Scan(request, engine: engine, interruption: interruption).result(
                of: source, mode: .audit, target: file)
            let all = result.findings + result.suppressed.map(\.finding)
            let meant = FingerprintList([secret.fingerprint])
            return all.first { !$0.identity.matches(in: meant).isEmpty }
        } catch {
            return nil
        }
    }
}
