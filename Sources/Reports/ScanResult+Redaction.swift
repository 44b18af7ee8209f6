internal import Bytes
import Findings

extension ScanResult {
    /// Takes every secret that was found out of every text a report prints.
    mutating func redact() {
        let redaction = Redaction(secrets: (findings + (hygiene ?? [])).lazy.map(\.secret))
        let withheld = Set(findings.lazy.flatMap(\.commitsWithEncodedSecret))
        for index in findings.indices { findings[index].redact(with: redaction, withholding: withheld) }
        summary.redact(with: redaction)
        hygiene = hygiene?.map { finding in
            var copy = finding
            copy.redact(with: redaction, withholding: withheld)
            return copy
        }
        guard var explanations else { return }
        for index in explanations.places.indices {
            explanations.places[index].path = redaction.path(explanations.places[index].path)
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
        copy.redact(with: Redaction(secrets: [secret]), withholding: Set(commitsWithEncodedSecret))
        return copy
    }

    fileprivate mutating func redact(with redaction: Redaction, withholding commits: Set<ObjectID>) {
        for index in occurrences.indices { occurrences[index].redact(with: redaction, withholding: commits) }
    }
}

extension Occurrence {
    fileprivate mutating func redact(with redaction: Redaction, withholding commits: Set<ObjectID>) {
        path = redaction.path(path)
        snippet = redaction.text(snippet)
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
