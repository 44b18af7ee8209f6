import BuiltinRules
import Findings
import Rules
import ScanSources
import TestSupport
import Testing

@testable import Pipeline
@testable import Reports
@testable import Scanner

/// Nothing that is shown beside a finding is a secret: whoever looks for it, whoever lets it pass, however it is written.
struct LeakTests {
    /// The rule whose finding stands on each line.
    private static let carrier = Result {
        try RuleFile(
            text: """
                [[rules]]
                id = 'carrier'
                severity = 'critical'
                confidence = 'high'
                regex = 'carrier_[a-zA-Z0-9]{16}'
                keywords = ['carrier_']
                """, file: "carrier.toml"
        ).rules
    }

    /// Rules with examples, of some files: to read all of them takes a debug build a minute.
    private static let rules = Result {
        try stride(from: 3, to: RuleFolder.names.count, by: 25).flatMap {
            try RuleFolder.file(RuleFolder.names[$0]).rules
        }
    }

    /// The first example of each rule that says its secret.
    private static func samples(_ writing: LeakSample.Writing) throws -> [LeakSample] {
        var keys = SeededGenerator(seed: 19)
        return try rules.get().compactMap { rule in
            rule.examples.first { !$0.isNegative && $0.secret != nil }.flatMap {
                LeakSample(rule, $0, writing, keys: &keys)
            }
        }
    }

    private static func result(
        _ samples: [LeakSample], _ engine: ScanEngine, _ configure: (inout ScanSettings) -> Void = { _ in }
    ) throws -> ScanResult {
        var settings = ScanSettings()
        settings.jobs = 2
        configure(&settings)
        let source = MemorySource(contents: samples.enumerated().map { ("\($0)/\($1.ruleID)", .text($1.text)) })
        let pipeline = ScanPipeline(engine: engine, settings: settings)
        return try pipeline.result(of: pipeline.collect(source, mode: .tree, target: "here"))
    }

    private static func expectNoLeak(_ samples: [LeakSample], _ result: ScanResult) {
        let found = Set(result.findings.filter { $0.rule.id == "carrier" }.flatMap { $0.occurrences.map(\.path) })
        #expect(
            samples.count >= 30 && found.count * 10 >= samples.count * 9, "\(found.count) of \(samples.count) are shown"
        )
        let search = LeakSearch(samples.flatMap(\.secrets))
        for format in ReportFormat.allCases {
            let options = ReportOptions(toolVersion: "1.2.3", showsTimelines: true)
            let leaks = search.leaks(in: Report.write(result, as: format, options: options))
            let snippets = result.findings.flatMap(\.occurrences).map(\.snippet).filter {
                !leaks.isEmpty && !search.leaks(in: Array($0.utf8)).isEmpty
            }
            #expect(leaks.isEmpty, "\(format) shows secrets:\n\(snippets.joined(separator: "\n"))")
        }
    }

    @Test(arguments: LeakSample.Writing.allCases)
    func whatNoRuleLooksForIsNotShown(writing: LeakSample.Writing) throws {
        let samples = try Self.samples(writing)
        let engine = ScanEngine(try RuleSet(rules: Self.carrier.get()))
        try Self.expectNoLeak(samples, Self.result(samples, engine))
    }

    private static let everything = Result {
        var rules = RuleSet.builtin
        try rules.add(carrier.get())
        return ScanEngine(rules)
    }

    @Test func whatABaselineKnowsIsNotShown() throws {
        let samples = try Self.samples(.before)
        let all = try Self.result(samples, Self.everything.get()) { $0.selection.minimumConfidence = .low }
        Self.expectNoLeak(samples, all)
        let known = all.findings.filter { $0.rule.id != "carrier" }
        #expect(known.count >= samples.count / 2)
        let baseline = Baseline(entries: known.map { .init(fingerprint: $0.fingerprint, ruleID: $0.rule.id) })
        try Self.expectNoLeak(samples, Self.result(samples, Self.everything.get()) { $0.selection.baseline = baseline })
    }

    @Test(arguments: [LeakSample.Writing.behind, .json, .base64])
    func whatIsBelowAThresholdIsNotShown(writing: LeakSample.Writing) throws {
        let samples = try Self.samples(writing)
        let result = try Self.result(samples, Self.everything.get()) { $0.selection.minimumSeverity = .critical }
        Self.expectNoLeak(samples, result)
    }

    @Test func whatAnAllowListNamesIsNotShown() throws {
        var rules = RuleSet.builtin
        rules.allowlists.append(Allowlist(regexes: ["."], targetRules: rules.rules.map(\.id)))
        try rules.add(Self.carrier.get())
        let samples = try Self.samples(.behind)
        let result = try Self.result(samples, ScanEngine(rules)) { $0.explains = true }
        #expect(result.findings.allSatisfy { $0.rule.id == "carrier" })
        Self.expectNoLeak(samples, result)
    }
}
