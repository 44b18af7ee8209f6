import Rules
import Testing

@testable import Scanner

/// Values that say themselves what they are.
@Suite struct StatedFormTests {
    @Test(arguments: [
        "4.1.0-preview5.18233.4", "4.1.0-preview2-17044-02", "2.0.0-rc.1+build7", "1.2.3-SNAPSHOT", "10.4.0-beta",
        "3.1-alpha2",
        "5.2.0.Final", "required|string|min:8", "sometimes|required|size:24", "size:24", "nullable|max:255", "min:8",
    ])
    func versionsAndRulesOfFormsAreNoSecrets(value: String) {
        #expect(value.withBytes { StatedForm.isOne($0) })
    }

    @Test(arguments: [
        "1.2.3.4-Kq7vTz2pLm93", "24.7-winter", "Kq7v|Tz2p|Lm93", "kq7vtz2p:24", "10.0.0.7", "2.0.0-", "required",
        "string",
        "7up-preview", "a:1|b:2",
    ])
    func otherValuesStay(value: String) {
        #expect(!value.withBytes { StatedForm.isOne($0) })
    }

    private func rules(_ text: String, _ path: String, from least: Confidence = .medium) -> [String] {
        let engine = BuiltinEngine.shared
        return BlobScanner(engine: engine).scan(text, path: path).detections.filter { $0.confidence >= least }
            .map { engine.rules[$0.ruleIndex].id }
    }

    /// Salted digests have other lengths than digests, and the list of columns may be broken into lines.
    @Test(arguments: [
        "INSERT INTO users\n  (name, password, roles)\nVALUES\n  ('ana', '%', '');\n",
        "insert into `account` (`id`, `PASSWORD`) values (1, '%');\n",
    ])
    func whatADatabaseStoresIsADigest(text: String) {
        let hex = "9c1f4e7ab2d80356e1f7a94cb85d2370f6e49a1bc83d5720e94f1ab6c7d83520a4fe91c7b3d6802e"
        for value in [String(hex.prefix(80)), String(hex.prefix(64))] {
            #expect(rules(text.replacing("%", with: value), "init.sql") == [], "\(value)")
        }
        #expect(rules(text.replacing("%", with: "kT9vXq2mWz7Lr4Pd"), "init.sql", from: .low) == ["generic-secret"])
    }

    @Test(arguments: [
        "POSTGRES_PASSWORD: postgres", "RABBITMQ_DEFAULT_PASS: guest", "MINIO_ROOT_PASSWORD: minioadmin",
        "GF_SECURITY_ADMIN_PASSWORD=admin", "keycloakPassword: Keycloak",
    ]) func whatAProgramHasBeforeAnybodySetsOneIsLow(text: String) {
        #expect(rules(text, "docker-compose.yml") == [])
        #expect(rules(text, "docker-compose.yml", from: .low) == ["generic-secret"])
    }

    @Test func whatIsNotTheNameOfTheProgramStays() {
        #expect(rules("POSTGRES_PASSWORD: postgres7Kq2vT", "docker-compose.yml") == ["generic-secret"])
    }

    @Test func aCopyIsOfTheKindOfWhatItWasCopiedFrom() {
        let text = "{\"password\": \"Pasvortox2\"}"
        #expect(rules(text, "i18n/eo.i18n.json.orig") == rules(text, "i18n/eo.i18n.json"))
    }

    @Test func theNameOfAClientWithoutAPasswordIsNone() {
        #expect(rules("headers: {'Authorization': 'Basic YnJvd3Nlcjo='}", "a.js") == [])
    }
}
