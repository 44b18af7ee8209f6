import Testing

@testable import Verification

struct IPAddressTests {
    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1", "198.18.0.1",
        "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fdff::1", "ff02::1", "2001:db8::1", "2001::1",
        "2001:10::1",
        "100::1", "3fff::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b:1::8.8.8.8", "2002:0a00:0001::1", "2002:7f00:1::", "::127.0.0.1", "5f00::1",
        "4000::1",
    ])
    func specialAddressesAreNotPublic(text: String) throws { #expect(try !#require(IPAddress(text)).isPublic) }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
        "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
        "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:0808:0808::1",
    ])
    func otherAddressesArePublic(text: String) throws { #expect(try #require(IPAddress(text)).isPublic) }

    @Test func whatIsNoAddressIsNone() {
        for text in ["", "localhost", "1.2.3", "1.2.3.4.5", "256.0.0.1", "::g", "0x7f.1", "127.1"] {
            #expect(IPAddress(text) == nil)
        }
    }
}

struct ProxySettingsTests {
    private func proxy(_ host: String, port: Int = 443, _ variables: [String: String]) -> String? {
        ProxySettings { variables[$0] }.proxy(forHost: host, port: port)
    }

    @Test func lowerCaseComesFirstAndHTTPSBeforeAll() {
        #expect(proxy("a.com", ["HTTPS_PROXY": "x", "ALL_PROXY": "y"]) == "x")
        #expect(proxy("a.com", ["HTTPS_PROXY": "x", "https_proxy": "z"]) == "z")
        #expect(proxy("a.com", ["all_proxy": "y"]) == "y")
        #expect(proxy("a.com", ["HTTP_PROXY": "h"]) == nil)
    }

    @Test(arguments: [
        ("*", true), ("a.com", true), (".a.com", true), ("*.a.com", true), ("A.COM", true), ("com", true),
        ("b.com", false),
        ("aa.com", false), ("a.com:443", true), ("a.com:8443", false), ("x, a.com", true), ("x a.com", true),
        ("", false),
        (",", false), ("api.a.com.evil", false),
    ])
    func exceptionsAreHostsAndTheirSubdomains(exception: String, isException: Bool) {
        #expect((proxy("api.a.com", ["HTTPS_PROXY": "x", "NO_PROXY": exception]) == nil) == isException)
    }

    @Test(arguments: [
        ("10.0.0.0/8", true), ("10.1.2.3", true), ("11.0.0.0/8", false), ("::/0", false), ("10.1.2", false),
    ])
    func exceptionsAreRangesOfAddresses(exception: String, isException: Bool) {
        #expect((proxy("10.1.2.3", ["HTTPS_PROXY": "x", "no_proxy": exception]) == nil) == isException)
    }
}
