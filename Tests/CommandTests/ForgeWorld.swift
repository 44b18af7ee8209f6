import Foundation
import TestSupport
import Testing

/// A forge on the loopback address (`forge.py`), with repositories and answers of a test's own.
struct ForgeWorld {
    let audit = AuditWorld()
    let provider = TestProvider.shared
    /// The organisation that the forge is asked for.
    var owner: String { "o" + audit.path.utf8.map { String(format: "%02x", $0) }.joined() }
    var host: String { "127.0.0.1:\(provider.port("forge"))" }
    /// Made up; only this forge may see it.
    let token = "glpat-\(UUID().uuidString)"

    /// Answers as a test writes them down: by path and query, each what comes first, second and from then on.
    typealias Answers = [String: [[String: Any]]]

    /// An answer of JSON.
    static func json(_ body: Any, next: String? = nil, _ headers: [String: String] = [:]) -> [String: Any] {
        var headers = headers
        if let next { headers["Link"] = "<{{base}}\(next)>; rel=\"next\", <{{base}}/x>; rel=\"last\"" }
        return ["body": body, "headers": headers]
    }

    func answer(_ answers: Answers) {
        let data = (try? JSONSerialization.data(withJSONObject: answers)) ?? Data()
        // Slashes are not to be escaped: paths are compared.
        audit.directory.write(
            "answers.json", String(decoding: data, as: UTF8.self).replacingOccurrences(of: "\\/", with: "/"))
    }

    func run(_ forge: String, _ arguments: [String] = [], environment: [String: String] = [:]) -> Command.Outcome {
        var variables = [
            "SSL_CERT_FILE": provider.authority, "GIT_SSL_CAINFO": provider.authority, "GITLAB_TOKEN": token,
            "GITHUB_TOKEN": token, "GITEA_TOKEN": token, "BITBUCKET_TOKEN": token, "AZURE_DEVOPS_TOKEN": token,
        ]
        variables.merge(environment) { $1 }
        return audit.run(
            ["audit", "\(forge):\(host)/\(owner)", "--allow-private-addresses", "--coverage", "coverage.jsonl"]
                + arguments, environment: variables)
    }

    /// The lines of the coverage: `kind name outcome`.
    var coverage: [String] {
        let text = (try? String(contentsOfFile: audit.directory("coverage.jsonl"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let object, let name = object["name"] as? String else { return nil }
            var short = name.split(separator: "/").last.map(String.init) ?? name
            // What has a page has not got it in its name; 127.0.0.1 has none.
            if short.hasSuffix(".git") { short.removeLast(4) }
            return "\(object["kind"] as? String ?? "") \(short) \(object["outcome"] as? String ?? "")"
        }.sorted()
    }

    /// Requests that the forge has seen for this organisation.
    var requests: [TestProvider.Request] { provider.requests(with: owner).filter { $0.server == "forge" } }
}
