import TestSupport
import Testing

/// The description of the leak that windsock was asked to find, taken literally: every name in every file, every form,
/// the severity, and the steps to take in their order.
@Suite struct WriteUpTests {
    static let names = ["MISTRAL_API_KEY", "API_KEY", "MISTRAL_KEY", "AI_API_KEY", "MISTRAL_SECRET", "API_SECRET"]

    /// The documented files, and how each assigns a value to a name.
    static let files: [(name: String, text: @Sendable (String, String) -> String)] = [
        (".env", { "\($0)=\($1)\n" }),
        ("config.json", { "{\n  \"\($0)\": \"\($1)\"\n}\n" }),
        ("settings.yaml", { "\($0): \($1)\n" }),
        ("credentials.py", { "\($0) = \"\($1)\"\n" }),
        ("app.config", { "<appSettings>\n  <add key=\"\($0)\" value=\"\($1)\"/>\n</appSettings>\n" }),
    ]

    /// What each of the eight steps is about, in their order.
    static let steps = [
        "revoke", "audit the access logs", "blast radius", "rotate", "update dependent systems", "ip allow-listing",
        "secrets manager", "pre-commit hook",
    ]

    /// Values at paths, and what is found of them: each as the leak that is documented.
    private func expectDocumentedFindings(_ planted: [String: String], _ scan: Scan) {
        #expect(scan.status == 1)
        for (path, value) in planted.sorted(by: { $0.key < $1.key }) {
            let finding = scan.report.findings.first { finding in
                finding.secret == value && finding.occurrences.contains { $0.path == path }
            }
            #expect(finding != nil, "\(path) has \(value)")
            guard let finding else { continue }
            #expect(finding.rule.hasPrefix("mistral-"), "\(path): \(finding.rule)")
            #expect(finding.severity == "high")
            #expect(finding.remediation.count == Self.steps.count)
            for (step, topic) in zip(finding.remediation, Self.steps) {
                #expect(step.lowercased().contains(topic), "\(step)")
            }
        }
        #expect(scan.report.findings.count == Set(planted.values).count)
    }

    /// Other values for each, of the documented lengths, 16 to 32, and of a real key's shape.
    private func values(_ seed: Int) -> [String] {
        let seed = UInt64(1000 + 4 * seed)
        return [
            RandomKey(lowercase: seed, length: 16), RandomKey(lowercase: seed + 1, length: 20),
            RandomKey(lowercase: seed + 2, length: 32), RandomKey(seed + 3),
        ].map(\.description)
    }

    @Test(arguments: names.indices) func everyNameIsFoundInEveryFile(_ name: Int) throws {
        let folder = TemporaryDirectory()
        var planted: [String: String] = [:]
        for (number, file) in Self.files.enumerated() {
            for value in values(name * Self.files.count + number) {
                planted["\(value.count)\(value.prefix(2))/\(file.name)"] = value
                folder.write("\(value.count)\(value.prefix(2))/\(file.name)", file.text(Self.names[name], value))
            }
        }
        #expect(planted.count == 4 * Self.files.count)
        expectDocumentedFindings(planted, try Windsock.scan("--show-secrets", in: folder))
    }

    static let forms: [(path: String, text: @Sendable (String) -> String)] = [
        (".env", { "export MISTRAL_API_KEY=\"\($0)\"" }),
        ("config.json", { "{\"apiKey\": \"\($0)\"}" }),
        ("settings.yaml", { "api_key: \($0)" }),
        ("credentials.py", { "api_key = \"\($0)\"" }),
        ("app.config", { "mistral://apikey:\($0)@api.mistral.ai" }),
    ]

    /// With the value that the write-up itself shows.
    @Test(arguments: forms.indices) func everyFormIsFoundAsItIsWritten(_ form: Int) throws {
        let (path, text) = Self.forms[form]
        let value = "abcd1234efgh5678ijkl"
        let scan = try Windsock.scan("-", "--stdin-name", path, "--show-secrets", in: "/", input: text(value))
        expectDocumentedFindings([path: value], scan)
    }

    /// In the documented files alone, and where the word stands nearby in any file. The last line may lack its end.
    @Test(arguments: ["\n", "\r\n", ""]) func everyFormIsFound(_ end: String) throws {
        let folder = TemporaryDirectory()
        var planted: [String: String] = [:]
        for (number, form) in Self.forms.enumerated() {
            for (row, value) in values(100 + number).enumerated() {
                planted["\(row)/\(form.path)"] = value
                folder.write("\(row)/\(form.path)", form.text(value) + end)
            }
            for (row, value) in values(200 + number).enumerated() {
                planted["any/\(row)-\(number).thing"] = value
                folder.write("any/\(row)-\(number).thing", "# the Mistral client\n\(form.text(value))\(end)")
            }
        }
        expectDocumentedFindings(planted, try Windsock.scan("--show-secrets", in: folder))
    }

    /// As the pattern is written it would cut the first 32 characters out of these.
    @Test func aPieceOfALongerTokenIsNoKey() throws {
        let folder = TemporaryDirectory()
        for (number, name) in Self.names.enumerated() {
            for file in Self.files {
                let token = RandomKey(lowercase: UInt64(300 + number), length: 48).description
                folder.write("\(name)/\(file.name)", file.text(name, token))
            }
        }
        let scan = try Windsock.scan(in: folder)
        // Some secret it is, by its name, and none of Mistral's.
        #expect(scan.report.findings.allSatisfy { $0.rule == "generic-secret" }, "\(scan.places)")
        #expect(scan.report.summary.files == Self.names.count * Self.files.count)
    }

    @Test func theStepsAreInTheReportForPeopleInTheirOrder() throws {
        let output = Windsock.run(["scan", "-"], in: "/", input: RandomKey(205).line).output
            .split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        var rest = output[...]
        for (number, topic) in Self.steps.enumerated() {
            let range = try #require(rest.firstRange(of: " \(number + 1). "))
            rest = rest[range.upperBound...]
            let end = rest.firstRange(of: " \(number + 2). ")?.lowerBound ?? rest.endIndex
            #expect(rest[..<end].contains(topic))
        }
    }
}
