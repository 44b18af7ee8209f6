import Foundation
import LanguageModel
import Testing

struct ModelTroubleshootingTests {
    @Test func theDocumentHasTheTableOfTheCode() throws {
        var root = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let document = try String(contentsOf: root.appending(path: "Documentation/advise.md"), encoding: .utf8)
        let table = ModelTroubleshooting.all.map { "| \($0.name) | \($0.advice) |\n" }.joined()
        #expect(document.hasSuffix("| what is seen | what to do |\n|---|---|\n" + table))
    }

    @Test func everyStatusHasALineButThoseThatSayThatAllIsWell() {
        for status in 100..<600 {
            #expect((ModelTroubleshooting(status: status) == nil) == (200..<300).contains(status), "\(status)")
        }
        #expect(ModelTroubleshooting(status: 401)?.name == "401")
        #expect(ModelTroubleshooting(status: 429)?.name.hasPrefix("429") == true)
        #expect(ModelTroubleshooting(status: 503)?.name == "5xx")
        #expect(ModelTroubleshooting(status: 302)?.name.contains("redirect") == true)
    }
}
