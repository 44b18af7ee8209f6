import Bytes
import TestSupport
import Testing

@testable import Scanner

/// Keys that browsers and apps show to everybody, and secrets beside them.
struct PublicByDesignTests {
    private static let hex = "9b1e27c40d5f83a6e2b7094c1d8fa365"
    private static let token = "q8Zt2LmXv9KbR4sWdYh3JpN6uF1aEc7G"

    private func isPublic(_ name: String, _ value: String) -> Bool {
        name.withBytes { text in value.withBytes { PublicByDesign.isOne($0, named: 0..<text.count, in: text) } }
    }

    @Test(arguments: [
        "pk_live_\(token)", "pk_test_\(token)", "pk.eyJ1Ijoi\(token)", "phc_\(token)", "sb_publishable_\(token)",
        "pub\(hex)",
        "mob-5f0c1d2e-8a4b-4c6d-9e7f-0a1b2c3d4e5f", "NRJS-9b1e27c40d5f83a6e2b",
    ])
    func formsAreKnown(value: String) { #expect(isPublic("key", value)) }

    @Test(arguments: [
        "RECAPTCHA_SITE_KEY", "siteKey", "data-sitekey", "publishableKey", "ALGOLIA_SEARCH_API_KEY", "searchOnlyKey",
        "instrumentationKey", "LAUNCHDARKLY_CLIENT_SIDE_ID", "segment.writeKey", "VITE_PUSHER_APP_KEY",
        "facebook_client_token",
    ])
    func namesSayIt(name: String) { #expect(isPublic(name, Self.token)) }

    @Test(arguments: [
        ("api_key", token), ("PUSHER_APP_SECRET", hex), ("RECAPTCHA_SECRET_KEY", token),
        ("publishable_key_secret", token),
        ("key", "sk_live_\(token)"), ("key", "public\(hex)"), ("key", "pub\(token)"),
        ("password", "publisher-password-1"),
    ])
    func secretsAreNone(name: String, value: String) { #expect(!isPublic(name, value)) }
}
