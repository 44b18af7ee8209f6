import Bytes

/// Tells keys that are meant for browsers and apps, where everybody can read them, from secrets.
enum PublicByDesign {
    /// Whether the form of a value says that it is such a key, or its name does.
    ///
    /// - Parameter name: Where it stands; its bytes are looked at, and a few before it.
    static func isOne(
        _ value: UnsafeRawBufferPointer, named name: Range<Int>, in text: UnsafeRawBufferPointer
    ) -> Bool {
        if hasForm(value) || isPublicHalf(value) { return true }
        let name = text.slice(name)
        guard Words.publicNames.groups(in: name) != 0 else { return false }
        // `PUBLISHABLE_KEY_SECRET` is none, a private key beside a public one neither.
        let words = AssignedName.words(of: name)
        return !words.contains { $0 == "secret" || $0 == "private" || $0 == "admin" || $0 == "password" }
    }

    /// Whether a value is base64 of a public key or of a certificate: the structure says which half it is.
    private static func isPublicHalf(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= 56, value[0] == UInt8(ascii: "M") else { return false }
        return WrittenKey(value).structure?.form == .publicHalf
    }

    private static func hasForm(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= 16, Words.publicBeginnings.contains(where: { starts(value, with: $0) }) else {
            return false
        }
        // `pub` and digits, `mob-` and a UUID: what follows is nothing else.
        if starts(value, with: "pub") { return value.count == 35 && value.dropFirst(3).allSatisfy(\.isHexDigit) }
        if starts(value, with: "mob-") {
            return value.count == 40 && value.dropFirst(4).allSatisfy { $0.isHexDigit || $0 == .hyphen }
        }
        return true
    }

    private static func starts(_ value: UnsafeRawBufferPointer, with literal: StaticString) -> Bool {
        value.starts(with: UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }
}

extension Words {
    /// What keys begin with that their providers call public or publishable: Stripe, Clerk, Paystack and Flutterwave; Mapbox;
    /// PostHog; Supabase; New Relic's browser agent; Datadog's client tokens; LaunchDarkly's mobile keys; recipients of age; the body of OpenSSH's public keys.
    static let publicBeginnings: [StaticString] = [
        "pk_live_", "pk_test_", "FLWPUBK", "pk.eyJ", "phc_", "sb_publishable_", "NRJS-", "NRBR-", "pub", "mob-", "age1",
        "AAAAB3NzaC1", "AAAAC3NzaC1", "AAAAE2VjZHNh",
    ]

    /// What stands in names of such keys.
    static let publicNames = WordGroups([
        [
            "sitekey", "site_key", "site-key", "publishable", "publicapikey", "public_api_key", "public-api-key",
            "searchkey",
            "search_key", "search-key", "searchapikey", "search_api_key", "search-api-key", "searchonly", "search_only",
            "clientsideid", "client_side_id", "client-side-id", "instrumentationkey", "instrumentation_key",
            "mobilekey",
            "anon_key", "anonkey", "anon-key", "facebook_client_token", "facebookclienttoken", "fb_client_token",
            "post_client_item", "browser_license", "writekey", "write_key", "write-key", "vapidpublic", "vapid_public",
            // What a page is given so that its form comes back: it opens nothing without the session.
            "csrf_token", "csrftoken", "csrf-token", "xsrf_token", "xsrftoken", "xsrf-token", "authenticity_token",
            "pusher_key", "pusher_app_key", "pusherkey", "pusherappkey",
        ]
    ])
}
