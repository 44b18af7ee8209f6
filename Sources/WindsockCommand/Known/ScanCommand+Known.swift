import ArgumentParser
import Findings
import FoundationEssentials
import Reports
import Scanner
import Store

extension ScanCommand {
    /// Where somebody looks for secrets that they have, nothing that stands in what is scanned hides one, and no earlier scan
    /// has looked for it.
    mutating func readEverything() {
        ruleOptions.noRepositoryConfig = true
        thresholds.noInlineIgnores = true
        thresholds.noBaseline = true
        history.noCache = true
        selection.hygiene = false
    }

    func validateKnown() throws {
        guard let known = knownOption.known else { return }
        if !ruleOptions.only.isEmpty {
            throw ValidationError("--known goes without --only: what is given is looked for whatever rules say of it.")
        }
        if output.explain { throw ValidationError("--known goes without --explain: no rule is asked.") }
        if thresholds.reportUnusedAllows {
            throw ValidationError("--known goes without --report-unused-allows: comments hide nothing then.")
        }
        if known == "-", paths.contains("-") || selection.patch || selection.prePush {
            throw ValidationError(
                "--known - reads the secrets from standard input, and what is scanned comes from elsewhere.")
        }
    }

    /// What is known of what was given, beside what was found.
    func finish(_ result: inout ScanResult, _ file: GivenFile, _ given: GivenSecrets) {
        result.summary.problems += file.problems(given)
        let mask = GivenMask(given)
        for index in result.findings.indices {
            result.findings[index].mask(mask)
            let finding = result.findings[index]
            let inside = finding.occurrences.count { $0.confidence < .high }
            if inside > 0 {
                result.findings[index].remarks.append(
                    inside == finding.occurrences.count
                        ? "stands within a longer token" : "stands within a longer token at \(inside) of these places")
            }
            let names = given.comparisons.fingerprints(of: finding.secret).filter { $0 != finding.fingerprint }
            if !names.isEmpty {
                let list = names.map(\.description).joined(separator: ", ")
                result.findings[index].remarks.append("was given as \(list)")
            }
        }
    }

    /// Adds what a store knows of what was given and this scan has not found.
    func addStored(to result: inout ScanResult, _ given: GivenSecrets, _ store: Store) throws(CommandFailure) {
        let (names, content) = try StoreFile.told(code: .incomplete) {
            () throws(StoreError) in
            (try store.names(of: given.allFingerprints()), try store.content())
        }
        let found = Set(
            try StoreFile.told(code: .incomplete) { () throws(StoreError) in
                try store.names(of: result.findings.flatMap { [$0.fingerprint, $0.genericFingerprint] })
            })
        let selection = StoredSelection(
            states: Set(Decision.State.allCases), fingerprints: names)
        let stored = StoredResult(content, selection).result(of: store.path).findings
        var elsewhere = 0
        for var finding in stored {
            if found.contains(finding.fingerprint) {
                elsewhere += 1
                continue
            }
            finding.remarks.append("is in the store, and not in what was scanned")
            result.findings.append(finding)
        }
        result.findings.sort { $0.precedes($1) }
        if elsewhere > 0 {
            result.summary.setting.notes.append(
                "the store knows \(elsewhere) of these secrets; `windsock report --known FILE` says where else they are"
            )
        }
    }
}

extension GivenSecrets {
    /// What the values are called, and the fingerprints that were given. Made on all processors: of a value that is easy to guess
    /// each takes milliseconds.
    func allFingerprints() -> Set<Fingerprint> {
        let findings = values.map { value in
            Finding(
                rule: Self.rule, severity: .critical, confidence: .high, secret: Secret(bytes: value),
                identity: SecretIdentity(rule: Self.rule, secret: Secret(bytes: value), key: key), occurrences: [])
        }
        findings.makeFingerprints()
        return Set(findings.map(\.fingerprint)).union(givenFingerprints)
    }
}

extension Finding {
    /// Takes given values out of what is told beside a snippet: a path, a commit's words.
    fileprivate mutating func mask(_ given: GivenMask) {
        for index in occurrences.indices {
            occurrences[index].path = given.masked(occurrences[index].path)
            guard var history = occurrences[index].history else { continue }
            history.introduced = history.introduced.map { $0.masked(given) }
            history.removed = history.removed.map { $0.masked(given) }
            history.otherPaths = history.otherPaths.map(given.masked)
            occurrences[index].history = history
        }
    }
}

extension Occurrence.Commit {
    fileprivate func masked(_ given: GivenMask) -> Occurrence.Commit {
        var copy = self
        copy.authorName = given.masked(authorName)
        copy.authorEmail = given.masked(authorEmail)
        copy.summary = given.masked(summary)
        return copy
    }
}
