import TestSupport
import Testing

@testable import Scanner

/// Whose a secret without a form probably is: by its name, else by what stands around it.
struct ProviderTitlesTests {
    private let titles = BuiltinEngine.shared.providers.titles

    @Test(arguments: [
        ("GRAFANA_ADMIN_PASSWORD", "Grafana"),
        ("spoonacularApiKey", "spoonacular"),
        ("MY_TRELLO_TOKEN_PROD", "Trello"),
        ("trelloapikey", "Trello"),
        ("FINANCIAL_MODELING_PREP_API_KEY", "Financial Modeling Prep"),
        ("BOX_API_KEY", "Box"),
        ("my_box_of_keys", nil),
        ("boxShadowToken", nil),
        ("GITHUB_CLIENT_SECRET", "GitHub"),
        ("github_flavoured_secret", nil),
        ("FMP_API_KEY", "Financial Modeling Prep"),
        ("SCALE_API_KEY", "Scale AI"),
        ("scaleFactorKey", nil),
        ("URLSCAN_API_KEY", "urlscan.io"),
        ("PRIVATE_KEY", nil),
        ("FILE_TOKEN", nil),
        ("API_KEY", nil),
        ("SECRET_KEY", nil),
        ("ARTIFACTORY_API_KEY", "JFrog Artifactory"),
        ("canvas_size_token", nil),
        ("TRELLOHQ_TOKEN", "Trello"),
        ("spring.security.oauth2.client.registration.github.client-secret", "GitHub"),
        ("github_issue_pattern_token", nil),
        ("CLOUDFLARE_TOKEN", "Cloudflare"),
        ("TRELLO_OR_GRAFANA_KEY", nil),
    ])
    func namesNameTheirProvider(name: String, provider: String?) {
        #expect(name.withBytes { titles.provider(in: $0) } == provider)
    }

    @Test(arguments: [
        ("curl -H 'X-Api-Key: «v»' https://api.spoonacular.com/x", "spoonacular"),
        ("curl https://api.box.com/2.0/users/me -H 'Authorization: Bearer «v»'", "Box"),
        ("# see https://github.com/acme/x\ntoken = '«v»'", nil),
        ("curl https://api.github.com/user -u «v»:", "GitHub"),
        ("integrations:\n  spoonacular:\n    enabled: true\n    api_key: «v»", "spoonacular"),
        ("integrations:\n  box:\n    enabled: true\n    api_key: «v»", "Box"),
        ("boxShadow:\n  width: 3\n  secret: «v»", nil),
        ("[box]\nsize = 3\ntoken = «v»", "Box"),
        ("{\"spoonacular\":{\"key\":\"«v»\"}}", "spoonacular"),
        ("provider \"spoonacular\" {\n  api_key = \"«v»\"\n}", "spoonacular"),
        ("import django\n\nclient_secret = '«v»'", nil),
        ("// Financial Modeling Prep key: «v»", "Financial Modeling Prep"),
        ("headers = {\n  'X-Api-Key': '«v»',\n}\nget('https://api.trello.com/1', headers)", "Trello"),
        ("# trello or spoonacular\nkey = «v»", nil),
        ("password = «v»", nil),
        ("TRELLO_URL=x\nSECRET_KEY=«v»", nil),
        ("BASE_URL=https://api.trello.com\nACCESS_KEY=«v»", "Trello"),
        ("trello:\n  password: «v»", "Trello"),
        ("# for trello\nDB_PASSWORD=«v»", nil),
        ("Location: http://example.com/cb#access_token=«v»", nil),
        ("Host: api.trello.com\nAuthorization: Bearer «v»", "Trello"),
        ("{\n  \"service\": \"Trello\",\n  \"token\": \"«v»\"\n}", "Trello"),
        ("DISPLAY=Trello\nSECRET_KEY=«v»", nil),
        ("ERROR NeonClient: failed, api_key=«v»", "Neon"),
        ("const TOKEN = '«v»'; // Neon", "Neon"),
        ("provider \"grafana\" {\n  region = \"eu\"\n  token = \"«v»\"\n}", "Grafana"),
        ("curl -u user:«v» https://api.trello.com/1", "Trello"),
    ])
    func whatStandsAroundNamesTheProvider(marked: String, provider: String?) {
        let text = MarkedText(marked.replacing("«v»", with: "«q7Zp0xLw3Vt9Rk2Ns8Yb»"))
        let found = text.bytes.withUnsafeBytes { titles.provider(of: text.value, named: nil, in: $0) }
        #expect(found == provider)
    }
}
