import Findings
import TestSupport
import Testing

@testable import Scanner

/// Where a name says too little, whose a random value is decides. `«V»` is a random key.
struct NamedOwnerTests {
    private static let value = "k3jh4kjh2KJHkjh34kjhKJ2h3k4jhkj2"

    private func found(_ form: String, _ path: String) -> [String] {
        let text = form.replacing("«V»", with: Self.value)
        return BlobScanner(engine: BuiltinEngine.shared).scan(text, path: path).detections
            .filter { $0.confidence >= .medium }.map { $0.provider ?? "?" }
    }

    @Test(arguments: [
        (#"const client = new Spoonacular("«V»");"#, "a.js"),
        (#"var client = new SpoonacularClient("«V»", new Options());"#, "a.cs"),
        (#"client := spoonacular.NewClient("«V»")"#, "a.go"),
        (#"let client = spoonacular::Client::new("«V»");"#, "a.rs"),
        (#"Spoonacular.init('«V»');"#, "a.js"),
        (#"$client = new \\Spoonacular\\Client('«V»');"#, "a.php"),
        ("client = Spoonacular('«V»')", "a.py"),
        ("I get a 401 from Spoonacular although my api key `«V»` is right.", "a.md"),
        ("the spoonacular api key is «V»", "a.log"),
        ("TODO: rotate the spoonacular token «V» before launch", "a.md"),
        ("Spoonacular token (prod): «V»", "a.txt"),
        ("| service | api key |\n|---|---|\n| Spoonacular | «V» |", "a.md"),
        ("service,key\nspoonacular,«V»\n", "a.csv"),
        (#"[{"service": "spoonacular", "key": "«V»"}]"#, "a.json"),
        ("const url = `https://api.spoonacular.com/v1/feed?key=«V»&limit=10`;", "a.js"),
        (#"<meta-data android:name="com.spoonacular.api_key" android:value="«V»" />"#, "a.xml"),
        ("gh secret set SPOONACULAR_API_KEY --body \"«V»\"", "a.sh"),
        ("curl -u \"user:«V»\" https://api.spoonacular.com/v1/x", "a.sh"),
        ("machine api.spoonacular.com\n  login me\n  password «V»\n", ".netrc"),
        ("GET /v1 HTTP/1.1\nHost: api.spoonacular.com\nAuthorization: Bearer «V»\n", "a.http"),
        ("[\n {\n  \"name\": \"Spoonacular\",\n  \"credentials\": {\n   \"token\": \"«V»\"\n  }\n }\n]", "a.json"),
    ])
    func randomValuesOfANamedProviderAreFound(form: String, path: String) {
        #expect(found(form, path) == ["spoonacular"])
    }

    @Test(arguments: [
        (#"const client = new Spoonacular("3f9a21bc-my-project");"#, "a.js"),
        (#"const client = new Spoonacular(process.env.SPOONACULAR_KEY);"#, "a.js"),
        (#"const client = new Spoonacular("YOUR_SPOONACULAR_API_KEY_1");"#, "a.js"),
        (#"const widget = new ColorPicker("«V»");"#, "a.js"),
        ("the primary key is «V»", "a.md"),
        ("Fixed the spoonacular token handling in release 2024-11-05-hotfix2", "a.md"),
        ("service,key\nspoonacular,see-the-vault\n", "a.csv"),
        ("SPOONACULAR_PUBLIC_KEY=«V»", "a.env"),
    ])
    func othersStaySilent(form: String, path: String) { #expect(found(form, path).isEmpty) }
}
