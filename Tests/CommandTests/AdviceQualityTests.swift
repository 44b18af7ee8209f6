import Foundation
import TestSupport
import Testing

/// Advice about findings that were made for it, with recorded answers: what is shown applies, parses and is clean, and the
/// rest says why it is left out.
@Suite struct AdviceQualityTests {
    @Test(arguments: AdviceCase.all) func whatIsShownAppliesParsesAndIsClean(sample: AdviceCase) throws {
        let folder = TemporaryDirectory()
        let key = RandomKey(2390).description
        folder.write(sample.path, sample.text.replacing("%K", with: key))
        let answer = ModelServer.advice(file: sample.path, edits: sample.edits)
        let outcome = Windsock.run(
            ["advise", ".", "--endpoint", ModelServer().saying(answer), "--format", "json"], in: folder)
        #expect(outcome.status == 0 && !outcome.reveals(key), "\(outcome.errors)")
        let report = try JSONDecoder().decode(AdviceReport.self, from: Data(outcome.output.utf8))
        try #require(report.findings.count == 1, "\(outcome.output)")
        let found = try #require(report.findings[0].answer, "\(report.findings[0].problem ?? "")")
        if let flaw = sample.flaw {
            #expect(found.diff == nil && found.patchLeftOut?.contains(flaw) == true, "\(found)")
            return
        }
        let diff = try #require(found.diff, "\(found.patchLeftOut ?? "")")
        // The diff is shown without the secret; with it, it is one that other programs take.
        folder.write("patch", diff.replacing("\(key.prefix(4))…\(key.suffix(4))", with: key))
        let applied = Command.run(
            ["git", "apply", "--ignore-whitespace", "--unsafe-paths", "patch"], in: folder.path)
        #expect(applied.status == 0, "\(applied.errors)\n\(diff)")
        if let problem = LanguageParser.problem(sample.kind, folder(sample.path)) {
            Issue.record("\(problem)\n\(String(decoding: folder.read(sample.path), as: UTF8.self))")
        }
        let scan = Windsock.run(["scan", sample.path], in: folder)
        #expect(scan.status == 0, "\(scan.output)")
    }

    @Test func thirtyAreGoodAndSomeAreBad() {
        #expect(AdviceCase.all.filter { $0.flaw == nil }.count >= 30)
        #expect(AdviceCase.all.filter { $0.flaw != nil }.count >= 8)
    }
}
