internal import Bytes
internal import Judge

/// Words of names behind which a value is not shown.
///
/// They stand here and not in a rule only, because a scan for one provider's keys must not show the passwords beside them. A
/// test holds them against the rule that judges such values.
///
/// A team's own names come with the configuration, so that these are a value.
package struct NamesOfSecrets: Sendable {
    /// Those that everybody has. Made when the first line is shown.
    package static let common = NamesOfSecrets(own: [])

    let finder: AssignmentFinder
    private let certain: [[UInt8]]

    /// - Parameter own: Names of a team's secrets, of three letters or more.
    package init(own: [String]) {
        let own = own.map { $0.lowercased() }
        finder = AssignmentFinder(words: Self.words + own.filter { !Self.words.contains($0) })
        certain = (Self.certain + own).map { Array($0.utf8) }
    }

    /// What is given to such a name is a secret, or stands for one.
    private static let certain = [
        "password", "passwd", "passphrase", "passcode", "passwort", "pwd", "psw", "pswd", "secret", "token", "apikey",
        "api_key",
        "api-key", "accesskey", "access_key", "access-key", "privatekey", "private_key", "private-key", "credential",
        "securestring", "psk", "authorization", "bearer", "senha", "contrase", "clave", "kennwort", "mdp",
        "mot_de_passe",
        "wachtwoord", "parola", "haslo", "hasło", "losenord", "lösenord", "salasana", "heslo", "lozinka", "jelszo",
        "jelszó",
        "adgangskode", "sifre", "şifre", "parool", "palavra", "segredo", "secreto", "geheim", "schluessel", "schlüssel",
        "chiave", "llave", "chave", "jeton", "sleutel", "nyckel", "avain", "klucz", "anahtar", "kulcs", "zugangsdaten",
        "geslo", "sandi", "matkhau", "mat_khau", "_pw", "-pw", "dbpw", "rootpw", "userpw", "adminpw", "bindpw",
        "令牌", "私钥", "凭证", "トークン", "秘密鍵", "토큰", "비밀키", "токен", "ключ", "κωδικός", "סיסמה",
        "пароль", "секрет", "密码", "密碼", "口令", "密钥", "パスワード", "暗証", "비밀번호", "암호", "mnemonic", "pepper",
    ]
    /// What is given to such a name may be a secret, or a word.
    private static let likely = [
        "pass", "key", "cred", "auth", "signature", "salt", "seed", "jwt", "hmac", "cookie", "session", "webhook",
        "cipher",
        "encrypt", "clef", "cle_api", "cle-api", "cleapi",
    ]
    /// What shows the place of a secret that has no name.
    private static let places = [
        "://", "kind: secret", "stringdata", "identified", "login", "signin", "mysqli", "connect", "bind", "pdo(",
        "new ", "client =", "client(", ".new(", "::new(", ".init(",
    ]

    /// All of them, lower case.
    static var words: [String] { certain + likely + places }

    /// Whether what is given to a name is not shown even if it is a word.
    func isCertain(_ name: UnsafeRawBufferPointer) -> Bool {
        certain.contains { name.containsCaseless($0) }
    }
}
