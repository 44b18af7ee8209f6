internal import Bytes
package import Findings

extension ScanResult {
    /// The result without any secret that was found in any text but the secrets' own.
    package func redacted() -> ScanResult {
        var copy = self
        copy.redact()
        return copy
    }

    /// Takes every secret that was found, and what can only be one, out of the path or the name of something.
    package func redactionOfNames() -> (String) -> String { redaction.path }

    private var redaction: Redaction {
        Redaction(secrets: (findings + (hygiene ?? []) + suppressed.map(\.finding)).flatMap(\.literals))
    }

    /// Takes every secret that was found out of every text a report prints.
    mutating func redact() {
        let redaction = redaction
        let withheld = Set(findings.lazy.flatMap(\.commitsWithEncodedSecret))
        for index in findings.indices { findings[index].redact(with: redaction, withholding: withheld) }
        for index in suppressed.indices {
            suppressed[index].finding.redact(with: redaction, withholding: withheld)
            suppressed[index].justification = redaction.text(suppressed[index].justification)
        }
        repository.address = repository.address.map(redaction.path)
        repository.branch = repository.branch.map(redaction.path)
        summary.redact(with: redaction)
        hygiene = hygiene?.map { finding in
            var copy = finding
            copy.redact(with: redaction, withholding: withheld)
            return copy
        }
        guard var explanations else { return }
        for index in explanations.places.indices {
            explanations.places[index].path = redaction.path(explanations.places[index].path)
            if explanations.places[index].secret.showsNothing { explanations.places[index].region.hideLength() }
        }
        self.explanations = explanations
    }
}

extension Finding {
    /// Commits whose message holds this secret in an encoded form, which cannot be looked for: base64 has three
    /// forms of every text.
    var commitsWithEncodedSecret: [ObjectID] {
        occurrences.compactMap { occurrence in
            guard case .commitMessage(let commit) = occurrence.origin, !occurrence.decoders.isEmpty else { return nil }
            return commit
        }
    }

    /// The finding with its texts redacted as far as its own secret goes; `ScanResult.redact` knows all of them.
    func redactedAlone() -> Finding {
        var copy = self
        copy.redact(with: Redaction(secrets: literals), withholding: Set(commitsWithEncodedSecret))
        return copy
    }

    fileprivate mutating func redact(with redaction: Redaction, withholding commits: Set<ObjectID>) {
        let showsNothing = secret.showsNothing
        for index in occurrences.indices {
            occurrences[index].redact(with: redaction, withholding: commits)
            if showsNothing { occurrences[index].region.hideLength() }
        }
    }

    /// The secret, and what else it was found as.
    fileprivate var literals: [Secret] {
        secret.isVisible ? [secret] : [secret, secret.value] + identity.spellings.map { Secret(bytes: $0) }
    }
}

extension Occurrence {
    fileprivate mutating func redact(with redaction: Redaction, withholding commits: Set<ObjectID>) {
        let file = redaction.path(file)
        rename(file, members: members.map(redaction.path))
        snippet = redaction.text(snippet)
        image?.rewrite(redaction.text)
        history?.introduced?.redact(with: redaction, withholding: commits)
        history?.removed?.redact(with: redaction, withholding: commits)
        guard let history else { return }
        self.history?.otherPaths = history.otherPaths.map(redaction.path)
        self.history?.branches = history.branches.map(redaction.path)
        self.history?.tags = history.tags.map(redaction.path)
        if case .references(let names) = history.reachability {
            self.history?.reachability = .references(names.map(redaction.path))
        }
    }
}

extension Occurrence.Region {
    /// Says where something begins and not how long it is: who knows the length of a password has fewer to try.
    fileprivate mutating func hideLength() { (endLine, endColumn) = (startLine, startColumn + 1) }
}

extension Occurrence.Commit {
    fileprivate mutating func redact(with redaction: Redaction, withholding commits: Set<ObjectID>) {
        authorName = redaction.text(authorName)
        authorEmail = redaction.text(authorEmail)
        summary = commits.contains(id) ? "(withheld: the message holds an encoded secret)" : redaction.text(summary)
    }
}

extension ScanSummary {
    mutating func redact(with redaction: Redaction) {
        target = redaction.path(target)
        for index in problems.indices {
            problems[index].subject = redaction.path(problems[index].subject)
            problems[index].message = redaction.text(problems[index].message)
            problems[index].advice = problems[index].advice.map(redaction.text)
        }
    }
}
