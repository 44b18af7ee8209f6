/// Words in passwords, for the question whether a value proves itself to be one.
extension Words {
    /// One of these stands in an expression that yields a password: `config.auth.password`.
    static let wordsOfExpressions: [StaticString] = [
        "pass", "pwd", "secret", "token", "credential", "config", "env",
    ]

    /// Calls written as a word: `encodedPassword`.
    static let callPrefixes = ["encode", "quote", "escape", "url"].map { Array($0.utf8) }

    /// How a password of two words that says what it is ends: `dbpassword`.
    static let passwordEndings = ["password", "passwd", "pass", "pwd", "secret", "token"].map { Array($0.utf8) }

    /// How it begins: `secret-thing1!`.
    static let passwordBeginnings = ["password", "passwd", "pass", "p4ss", "pwd", "secret"].map { Array($0.utf8) }

    /// Words that everybody makes passwords of.
    static let passwords = WordPieces(
        """
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
        """)
}
