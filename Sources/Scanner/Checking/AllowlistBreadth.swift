import Bytes
internal import PCRE2
package import Rules

/// How much an allow-list lets pass that has nothing to do with it: measured, since there are many ways to write "everything".
///
/// Secrets and paths are made up, of many forms. What is special to somebody's secrets matches hardly one of them.
package enum AllowlistBreadth {
    /// From that share on a list allows too much. A single letter stands in every second random secret; a pattern for one
    /// form, say 40 hex digits, is for one in six.
    private static let mostSecrets = 1.0 / 3
    private static let mostPaths = 1.0 / 2
    /// Beginnings of commit ids with fewer digits are those of many.
    private static let fewestDigits = 4

    /// What is to be said of a list that allows nearly everything, without its name; `nil`: it does not.
    package static func objection(to list: Allowlist) -> String? {
        var list = list
        // Whose it is, and what it is for, is no part of how much it allows.
        (list.origin, list.targetRules) = (nil, [])
        var broad: [String] = []
        var isNarrowed = false
        for (field, part) in parts(of: list) {
            if let extent = extent(of: part) {
                broad.append("\(field) \(extent)")
            } else {
                isNarrowed = true
            }
        }
        // Where all must hold, one that is narrow is enough.
        if broad.isEmpty || list.condition == .all && isNarrowed { return nil }
        return "allows nearly everything: \(broad.joined(separator: "; "))"
    }

    /// The same for patterns of paths that are left out, of which any that matches is enough.
    package static func objection(toLeavingOut matches: (String) -> Bool) -> String? {
        let count = paths.count(where: matches)
        guard Double(count) >= mostPaths * Double(paths.count) else { return nil }
        return "leaves nearly everything out: \(count) of \(paths.count) made-up paths"
    }

    /// Each kind of criterion as a list of its own.
    private static func parts(of list: Allowlist) -> [(field: String, list: Allowlist)] {
        func only(_ keep: (inout Allowlist) -> Void) -> Allowlist {
            var part = Allowlist(target: list.target)
            keep(&part)
            return part
        }
        return [
            ("regexes", only { $0.regexes = list.regexes }), ("stopwords", only { $0.stopwords = list.stopwords }),
            ("paths", only { $0.paths = list.paths }), ("commits", only { $0.commits = list.commits }),
        ].filter { !($0.1.regexes + $0.1.stopwords + $0.1.paths + $0.1.commits).isEmpty }
    }

    private static func extent(of part: Allowlist) -> String? {
        if let commit = part.commits.min(by: { $0.count < $1.count }) {
            return commit.count < fewestDigits ? "begin as many commits do" : nil
        }
        let isOfPaths = !part.paths.isEmpty
        let count = isOfPaths ? pathCount(part) : secretCount(part)
        let (all, most) = isOfPaths ? (paths.count, mostPaths) : (secrets.count, mostSecrets)
        guard Double(count) >= most * Double(all) else { return nil }
        return "let \(count) of \(all) made-up \(isOfPaths ? "paths" : "secrets") pass"
    }

    private static func secretCount(_ part: Allowlist) -> Int {
        let list = CompiledAllowlist(part)
        let matcher = Matcher()
        return zip(secrets, secrets.indices).count { secret, index in
            let (before, behind) = lines[index % lines.count]
            let text = Array("\(before)\(secret)\(behind)".utf8)
            let range = before.utf8.count..<before.utf8.count + secret.utf8.count
            return text.withUnsafeBytes { buffer in
                allows(list, .init(text: buffer, match: range, secret: range, path: nil), matcher)
            }
        }
    }

    private static func pathCount(_ part: Allowlist) -> Int {
        let list = CompiledAllowlist(part)
        let matcher = Matcher()
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        return paths.count { path in
            allows(list, .init(text: nothing, match: 0..<0, secret: 0..<0, path: path), matcher)
        }
    }

    private static func allows(
        _ list: CompiledAllowlist, _ subject: CompiledAllowlist.Subject, _ matcher: Matcher
    ) -> Bool {
        do throws(MatchFailure) {
            return try list.allows(subject, matcher: matcher)
        } catch {
            // A scan says that a pattern is given up.
            return false
        }
    }

    // MARK: What is made up

    private static let lines = [
        ("API_KEY=", ""), ("password: \"", "\""), ("const token = '", "';"), ("    \"secret\": \"", "\","),
        ("curl -H \"Authorization: Bearer ", "\" https://example.org"), ("<add key=\"name\" value=\"", "\" />"),
    ]

    /// Ten of each form, always the same.
    private static let secrets: [String] = {
        let (lower, digits) = ("abcdefghijklmnopqrstuvwxyz", "0123456789")
        let upper = lower.uppercased()
        let forms = [
            (lower + upper + digits, 32), ("0123456789abcdef", 40), (lower + upper + digits + "-_", 43),
            (upper + digits, 20), (lower + digits, 36), (lower + upper + digits + "!#$%&*+,.:;<=>?@^~", 24),
        ]
        // Knuth's generator of 64 bits: no secret is worth guessing here.
        var state: UInt64 = 20
        return (0..<10).flatMap { _ in
            forms.map { alphabet, length in
                let letters = Array(alphabet)
                return String(
                    (0..<length).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return letters[Int(state >> 33) % letters.count]
                    })
            }
        }
    }()

    private static let paths = [
        ".env", "README.md", "Makefile", "config.yml", "docker-compose.yaml", "src/main.py", "src/app/settings.ts",
        "lib/client.rb", "cmd/server/main.go", "internal/auth/token_test.go", "app/models/user.php", "web/index.html",
        "deploy/production/values.yaml", "terraform/main.tf", "scripts/release.sh", "docs/guide/setup.md",
        "test/fixtures/login.json", "Sources/App/Configuration.swift", "include/api.h", "android/app/build.gradle",
        ".github/workflows/ci.yml", "notebooks/Analysis.ipynb", "db/seeds.sql", "ops/ansible/group_vars/all",
    ]
}
