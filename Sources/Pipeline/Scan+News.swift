package import Findings
import Git

extension Scan {
    /// Notes of each finding whether what was scanned brings it, or a commit had it before. What was accepted until a day that is
    /// over is new, wherever it stood.
    ///
    /// Where there is no repository everything is new.
    package func noteNews(in result: inout ScanResult) {
        var before: CommittedBefore?
        do throws(GitError) {
            // What a patch shows and does not add was taken out already.
            if request.subject.hasCommits { before = try CommittedBefore(repositoryPath: request.repository) }
        } catch {
            before = nil
        }
        for index in result.findings.indices where result.findings[index].isNew != true {
            let finding = result.findings[index]
            result.findings[index].isNew = finding.occurrences.contains {
                before?.holds(finding.secret, at: $0) != true
            }
        }
    }
}

extension ScanRequest.Subject {
    /// Whether there may be commits that came before what is scanned.
    fileprivate var hasCommits: Bool {
        switch self {
        case .standardInput, .text, .patch, .image, .package: false
        case .files, .staged, .uncommitted, .history, .range, .job, .push: true
        }
    }
}

extension [Finding] {
    /// Those whose secret stood at one of their places when a file was last changed: a scan then has looked there.
    ///
    /// - Parameter path: Of the file, from the top of the repository.
    package func standing(sinceLastChangeOf path: String, in repository: String) -> [Finding] {
        if isEmpty { return [] }
        do throws(GitError) {
            guard var then = try CommittedBefore(repositoryPath: repository, lastChangeOf: path) else { return [] }
            return filter { finding in
                finding.occurrences.contains { place in
                    var place = place
                    place.history = nil
                    return then.holds(finding.secret, at: place)
                }
            }
        } catch {
            // Where nothing is committed nothing was there.
            return []
        }
    }
}
