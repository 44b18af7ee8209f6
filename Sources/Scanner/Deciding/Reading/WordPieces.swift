import Bytes

/// Passwords that are words.
extension PasswordFilter {
    /// Whether a password is nothing but words of the list, short numbers and signs, `p4ssw0rd` included.
    static func consistsOfWords(_ password: [UInt8]) -> Bool {
        let lower = password.map { UnsafeRawBufferPointer.folded($0) }
        let plain = lower.map { leet[$0] ?? $0 }
        // Fewest pieces that lead to each place.
        var pieces = [Int?](repeating: nil, count: lower.count + 1)
        pieces[0] = 0
        for start in lower.indices {
            guard let count = pieces[start], count < mostPieces else { continue }
            for end in ends(from: start, lower, plain) where pieces[end].map({ $0 > count + 1 }) ?? true {
                pieces[end] = count + 1
            }
        }
        return pieces[lower.count] != nil
    }

    /// More pieces than these can be put together to anything.
    private static let mostPieces = 12
    private static let mostDigits = 9
    /// Shorter words are not looked for behind digits and signs that resemble letters.
    private static let shortestDisguised = 4

    private static func ends(from start: Int, _ lower: [UInt8], _ plain: [UInt8]) -> [Int] {
        var result: [Int] = []
        if "_.!@#*~+-$&?".utf8.contains(lower[start]) { result.append(start + 1) }
        let digits = lower[start...].prefix(mostDigits).prefix { (0x30...0x39).contains($0) }
        if !digits.isEmpty { result += start + 1...start + digits.count }
        for length in 1...max(1, min(longest, lower.count - start)) {
            let range = start..<start + length
            if words.contains(Array(lower[range])) || length >= shortestDisguised && words.contains(Array(plain[range]))
            {
                result.append(range.upperBound)
            }
        }
        return result
    }

    private static let leet: [UInt8: UInt8] = [
        0x34: 0x61, 0x40: 0x61, 0x35: 0x73, 0x24: 0x73, 0x30: 0x6f, 0x33: 0x65, 0x31: 0x69, 0x21: 0x69,
    ]

    private static let words = Set(list.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
    private static let longest = words.map(\.count).max() ?? 0

    private static let list = """
        12345678 123456789 a abc abcd abcdef account actual adm admin administrator airflow alice amqp an and
        anonymous any anything api app application asdf asdfgh azerty bar battery baz bob build cassandra change
        changeit ci circle clickhouse client cluster compose correct couchbase cred credential credentials creds
        database db dba default demo dev devel develop development directus django docker doe dragon drupal dummy
        ecto elastic email empty encoded env example fake foo football for from ftp generated gitea grafana guest
        hasura hello here hidden horse host hunter iloveyou in influx insecure inventory is it jane joe john joomla
        kafka key keycloak laravel ldap letmein local localhost login long magento mail manager mariadb masked
        master me minio mock mongo mongoadmin mongodb monkey moodle mq mssql my mysql n8n name neo4j neon new
        nextcloud nil node none not null odoo of old opensearch or oracle owner p4ss pass passme passphrase
        passw0rd passwd password passwords passwrd pg pgsql pguser phoenix placeholder postgres postgresql princess
        prisma prod production proxy psw pw pwd quux qux qwer qwerty qwertz rabbit rabbitmq rails random real redis
        replica replicator root runner sa safe sample scott secret secrets secure server service sftp site slave
        smtp solarwinds some something sonar sqlserver stage staging staple strapi string strong strongpassword
        sunshine supabase super superset svc symfony system temporal test testing tests the this tiger to token
        toor top topsecret travis tst typo3 uname undefined uri url user username usr value vault very wasd web
        welcome whatever with word wordpress world wp www xyz your yourstrong zxcv zxcvbn
        """
}
