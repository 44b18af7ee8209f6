import Findings

/// What tests read of `--format json`; Documentation/json.md describes all of it.
struct JSONReport: Decodable {
    struct Finding: Decodable {
        var rule: String
        var severity: String
        var confidence: String
        var fingerprint: String
        var redacted: String
        var secret: String?
        var remediation: [String]
        var new: Bool?
        var remarks: [String]?
        var occurrences: [Occurrence]
        var timeline: Timeline?
    }

    struct Timeline: Decodable {
        var introduced: History.Commit?
        var removed: History.Commit?
        var inHead: Bool
        var reachability: String
        var paths: [String]
        var branches: [String]
        var tags: [String]
        var exposedDays: Int?
    }

    struct Occurrence: Decodable {
        var path: String
        var origin: String
        var startLine: Int
        var history: History?
    }

    struct History: Decodable {
        struct Commit: Decodable {
            var commit: String
        }

        var introduced: Commit?
        var removed: Commit?
        var inHead: Bool
        var reachability: String
        var references: [String]
    }

    struct Problem: Decodable {
        var subject: String
        var message: String
        var advice: String?
    }

    struct Summary: Decodable {
        var mode: String
        var complete: Bool
        var interrupted: Bool
        var files: Int
        var blobs: Int
        var commits: Int
        var known: Int
        var omitted: [String: Int]
        var suppressed: [String: Int]
        /// By file.
        var suppressedBy: [String: Int]?
        var notes: [String]?
        var problems: [Problem]
    }

    var secretsShown: Bool
    var summary: Summary
    var findings: [Finding]
}
