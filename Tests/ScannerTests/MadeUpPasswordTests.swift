import Bytes
import Testing

@testable import Scanner

struct MadeUpPasswordTests {
    @Test(arguments: [
        "password", "P@ssw0rd", "Pass@word", "P%40SSWORD", "postgres", "my-secret-pw", "admin123", "changeme!",
        "root_test",
        "Your_password123", "supersecret", "s3cr3t", "${DB_PASSWORD}", "<password>", "{{ password }}", "%s", "%(pass)s",
        "xxxxxx", "********", "%DB_PASSWORD%", "encode(password)", "encodedPassword", "dbpassword", "secret-thing1!",
        "base.password", "config.auth.password", "state.getPassword()", "this._pwd", "some%40thing", "",
    ])
    func isMadeUp(password: String) { #expect(password.withBytes { MadeUpPassword.isMadeUp($0) }) }

    @Test(arguments: [
        "zPGAdlkMByyN", "oFBGvG0mQ9nQjTGy", "*jOL6ePr@sGxa", "Melone.417", "ClimbOverTheFence0427", "kX9.vbTq",
        "gYh7.2qLp",
        "fe88da41d67e866625a3292f61084496", "hJ%40k2Lq9", "zRt-91-kkW",
    ])
    func mightBeReal(password: String) { #expect(!password.withBytes { MadeUpPassword.isMadeUp($0) }) }

    @Test(arguments: [
        ("db://gitea:gitea@host", 11..<16, true), ("db://gitea:gitee@host", 11..<16, false), ("a:a", 2..<3, false),
    ])
    func theUsersNameIsNoPassword(text: String, secret: Range<Int>, isName: Bool) {
        #expect(
            text.withBytes {
                MadeUpPassword.isUserName(Candidate(whole: 0..<$0.count, secret: secret, in: $0))
            } == isName)
    }
}
