import TestSupport
import Testing

@testable import Scanner

/// The password of a connection string is found as a whole, and nothing but it, however the string is written.
struct ConnectionStringShapeTests {
    private static let password = "Kq7vTz2pLm93WsXe"
    private static let (left, right) = ("Kq7vTz2p", "Lm93WsXe4")

    private func secrets(_ text: String) -> [String] {
        BlobScanner(engine: BuiltinEngine.shared).scan(text, path: "notes.txt").detections
            .filter { $0.confidence >= .medium }.map(\.secret.revealed)
    }

    /// `%` stands for the password.
    @Test(arguments: [
        "postgres://app:%@db.acme.example:5432/main", "mysql+pymysql://app:%@db.acme.example/main",
        "mongodb+srv://app:%@c0.acme.example/x?retryWrites=true", "redis://:%@db.acme.example:6379/0",
        "amqps://app:%@mq.acme.example/v", "smtp://app:%@mail.acme.example:587", "ldap://reader:%@ad.acme.example",
        "postgres://u:%@db.acme.example/d?email=a@b.com",
        "{\"u\":\"postgres://u:%@db.acme.example/d\",\"e\":\"x@y.com\"}",
        "url=jdbc:mysql://db.acme.example/d?password=%&user=u",
        "jdbc:postgresql://db.acme.example/d?user=u&amp;password=%",
        "jdbc:sqlserver://db.acme.example;password=%;user=u", "jdbc:db2://db.acme.example:50000/D:user=u;password=%;",
        "jdbc:informix-sqli://db.acme.example:9088/d:INFORMIXSERVER=s;user=u;password=%",
        "jdbc:teradata://db.acme.example/DATABASE=d,USER=u,PASSWORD=%", "jdbc:oracle:thin:u/%@//db.acme.example:1521/S",
        "jdbc:oracle:thin:u/%@(DESCRIPTION=(ADDRESS=(HOST=db.acme.example)(PORT=1521)))",
        "jdbc:mysql://u:%@db.acme.example:3306/d", "jdbc:databricks://db.acme.example:443;AuthMech=3;UID=token;PWD=%",
        "Password=%;User ID=u;Data Source=db.acme.example", "Server=db.acme.example;Uid=u;Pwd=%;",
        "Data Source=db.acme.example;User ID=u;Password='%'", "DSN=prod;UID=u;PWD=%",
        "<add connectionString=\"Data Source=db.acme.example;User ID=u;Password=&quot;%&quot;;\" />",
        "cs = \"host=db.acme.example user=u password=%\"", "cs = \"password=% host=db.acme.example user=u\"",
        "cs = \"host=db.acme.example user=u password='%' dbname=d\"", "dsn: u:%@tcp(db.acme.example:3306)/d",
        "dsn: u:%@tcp([2001:db8::7]:3306)/d", "new PDO('mysql:host=db.acme.example;dbname=d', 'u', '%');",
        "new PDO(\n  'mysql:host=db.acme.example',\n  'u',\n  '%'\n);",
        "mysqli_connect('db.acme.example', 'u', '%', 'd')",
        "DriverManager.getConnection(\"jdbc:mysql://db.acme.example/d\", \"u\", \"%\")",
        "DBI->connect(\"dbi:Pg:host=db.acme.example\", \"u\", \"%\")",
        "oracledb.connect(\"u/%@db.acme.example:1521/S\")",
        "\"Redis\": \"cache.acme.example:6380,password=%,ssl=True\"",
        "\"Redis\": \"cache.acme.example,abortConnect=false,password=%\"",
    ])
    func thePasswordIsFoundInEveryDialect(text: String) {
        let written = text.replacing("%", with: Self.password)
        #expect(secrets(written) == [Self.password], "\(written)")
    }

    @Test(arguments: [
        ("postgres://app:%@db.acme.example:5432/main", "@;:/!$&*+,=~#?|()[]^{}"),
        ("amqp://app:%@mq.acme.example:5672/v", "@;:/!$"), ("dsn: u:%@tcp(db.acme.example:3306)/d", "@:/!;"),
        ("\"cs\": \"Server=db.acme.example;User Id=u;Password=%;Encrypt=True\"", "@:/!$*+,#%|()[]^~="),
        ("cs = \"host=db.acme.example user=u password=% dbname=d\"", "@:/!;,"),
        ("jdbc:sqlserver://db.acme.example:1433;user=u;password=%;encrypt=true", "@:/!"),
        ("jdbc:sqlserver://db.acme.example;user=u;password={%};encrypt=true", ";@:/"),
        ("jdbc:oracle:thin:u/%@//db.acme.example:1521/X", "@/:"),
        ("jdbc:mysql://db.acme.example/d?user=u&password=%&a=b", "@:/;"),
        ("DRIVER={X};SERVER=db.acme.example;UID=u;PWD={%}", ";@=&"),
        ("a = 'Data Source=db.acme.example;Password=\"%\";UID=u'", ";=@"),
    ])
    func signsWithinDoNotCutIt(text: String, signs: String) {
        for sign in signs {
            let password = "\(Self.left)\(sign)\(Self.right)"
            let written = text.replacing("%", with: password)
            #expect(secrets(written) == [password], "\(written)")
        }
    }

    @Test(arguments: [
        ("postgres://app:Kq7vTz2p%40Lm93%2FWsXe4@db.acme.example/d", "Kq7vTz2p@Lm93/WsXe4"),
        ("jdbc:mysql://db.acme.example/d?user=u&password=Kq7vTz2p%26Lm93WsXe4&a=b", "Kq7vTz2p&Lm93WsXe4"),
        ("<a cs=\"Data Source=db.acme.example;UID=u;Password=Kq7v&amp;Tz2pLm93&lt;WsXe;\" />", "Kq7v&Tz2pLm93<WsXe"),
        ("DRIVER={X};SERVER=db.acme.example;UID=u;PWD={Kq7vTz2}}pLm93WsX}", "Kq7vTz2}pLm93WsX"),
        (#""cs": "Server=db.acme.example;User Id=u;Password=Kq7vTz2\u0026pLm93WsX;""#, "Kq7vTz2&pLm93WsX"),
        ("Data Source=db.acme.example;UID=u;Password='Kq7v''Tz2pLm93'", "Kq7v'Tz2pLm93"),
    ])
    func whatIsEscapedIsUndone(text: String, password: String) { #expect(secrets(text) == [password]) }

    @Test(arguments: [
        "postgres://postgres:postgres@localhost:5432/app", "mysql://root:root@127.0.0.1/db",
        "amqp://guest:guest@localhost",
        "postgres://host.acme.io:5432/db?email=joe@acme.com", "redis://cache.acme.io:6379/0?x=a@b.io",
        "mongodb://h1:27017,h2:27017/db?authSource=x@y.z", "Server=localhost;User Id=sa;Password=password;",
        "Password=<password>;User ID=u;Data Source=h", "Server=h;User Id=u;Password={password};",
        "$\"Server={host};User Id={user};Password={config.DbPassword};\"", "Server=h;User Id=u;Password=${DB_PASS};",
        "\"host=%s user=%s password=%s dbname=%s\"", "psycopg2.connect(host=host, user=user, password=password)",
        "jdbc:mysql://localhost/t?user=root&password=root", "jdbc:oracle:thin:scott/tiger@localhost:1521:xe",
        "new PDO($dsn, $user, $pass)", "new PDO('mysql:host=localhost;dbname=test', 'root', 'secret')",
        "h.acme.io:6379,password=${REDIS}", "\"{host}:{port},password={password}\"", "%s:%s@tcp(%s)/%s",
        "postgres://u:x${PASS}@h.acme.com/db", "f\"postgres://u:{password}@{host}/db\"",
        "postgres://u:[YOUR-PASSWORD]@h.acme.com/db", "git+https://github.com/acme/x.git@v1.2.3",
    ])
    func defaultsAndPlaceholdersAreSilent(text: String) { #expect(secrets(text).isEmpty) }
}
