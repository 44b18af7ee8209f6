import LanguageModel
import Testing

struct ModelAddressTests {
    @Test(
        arguments: [
            ("https://api.mistral.ai", "https://api.mistral.ai/"),
            ("https://gateway.example/mistral/v1", "https://gateway.example/mistral/v1"),
            ("http://localhost:11434", "http://localhost:11434/"), ("HTTP://127.0.0.1/v1", "http://127.0.0.1:80/v1"),
            ("http://[::1]:8080", "http://[::1]:8080/"), ("http://[::1]", "http://[::1]:80/"),
        ])
    func httpsAndThisMachineAreAddresses(text: String, written: String) throws {
        #expect(try ModelAddress(text).description == written)
    }

    @Test(
        arguments: [
            ("http://gateway.example", "anybody in between"), ("http://127.0.0.1.example", "anybody"),
            ("http://10.0.0.1", "anybody"), ("http://localhost.example", "anybody"),
            ("ftp://localhost", "https://"), ("api.mistral.ai", "https://"), ("", "https://"),
            ("https://user:pw@gateway.example", "user"), ("https://gateway.example/?key=x", "query"),
            ("http://localhost:0", "port"), ("https://a b", "host"),
        ])
    func everythingElseIsNone(text: String, words: String) {
        #expect { try ModelAddress(text) } throws: { "\($0)".contains(words) }
    }

    @Test func theKeyOfMistralBelongsToMistral() throws {
        #expect(try ModelAddress("https://api.mistral.ai").isMistral)
        #expect(try ModelAddress("https://codestral.mistral.ai/v1").isMistral)
        #expect(try !ModelAddress("https://api.mistral.ai.example").isMistral)
        #expect(try !ModelAddress("http://localhost:11434").isMistral)
    }
}
