import BuiltinRules
import Rules
import Testing

@testable import Scanner

struct MaskedTextTests {
    @Test(arguments: [
        ("user_password=R7tq2LmZ9vXc4KbN8sWdYh3J GITHUB_TOKEN=ghp_x", "user_password=R7tq…Yh3J GITHUB_TOKEN=…"),
        ("mysql -u root -pSummer24! shop", "mysql -u root -p… shop"),
        ("sshpass -p hunter2 ssh host", "sshpass -p … ssh host"),
        ("login --password hunter2 -p 8080:80", "login --password … -p 8080:80"),
        ("curl -u ana:hunter2 https://a.example", "curl -u ana:… https://a.example"),
        ("postgres://shop:hunter2@db.example/shop", "postgres://shop:…@db.example/shop"),
        ("machine a.example login ana password sunshine", "machine a.example login ana password …"),
        ("{\"secret\": \"hunter2\", \"port\": 5432}", "{\"secret\": \"…\", \"port\": 5432}"),
        (
            "<add value=\"Data Source=db;Password=Kq7v&amp;Tz2pLm93;Encrypt=True\" />",
            "<add value=\"Data Source=db;Password=…;…;Encrypt=True\" />"
        ),
        ("password = os.environ[\"DB_PASSWORD\"]", "password = os.environ[\"DB_PASSWORD\"]"),
        ("mkdir -p src/main/java", "mkdir -p src/main/java"),
        ("the key is in the drawer, see session.md", "the key is in the drawer, see session.md"),
        ("DB_PASSWORD=${DB_PASSWORD}", "DB_PASSWORD=${DB_PASSWORD}"),
        ("primary_key: name", "primary_key: name"), ("token: <your-token>", "token: <your-token>"),
    ])
    func whatMayBeASecretIsNotShown(text: String, expected: String) { #expect(MaskedText.masked(text) == expected) }

    /// The names of the rule that judges what has no form are those that values are masked behind.
    @Test func everyNameOfTheJudgedRuleIsMasked() throws {
        let judged = RuleSet.builtin.rules.filter { $0.judge != nil }
        #expect(!judged.isEmpty)
        for word in judged.flatMap(\.keywords) where word != "secretkeyspec" {
            #expect(NamesOfSecrets.words.contains { word.contains($0) }, "\(word)")
        }
    }

    @Test func anAllowedSecretBesideAFindingIsMasked() throws {
        let engine = try ScanEngine(
            toml: """
                [[rules]]
                id = 'a'
                regex = 'aa-[a-z]{6}'
                keywords = ['aa-']
                [[rules]]
                id = 'b'
                regex = 'bb-[a-z]{6}'
                keywords = ['bb-']
                [[allowlists]]
                targetRules = ['b']
                regexes = ['bb-']
                """)
        let result = BlobScanner(engine: engine).scan("x aa-kzqwvb bb-mxqrvt")
        #expect(result.detections.map(\.snippet) == ["x … …"])
    }
}
