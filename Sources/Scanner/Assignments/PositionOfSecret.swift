internal import Bytes

/// Which argument of a call is a secret where its place alone says so: `login(user, V)`.
struct PositionOfSecret {
    /// So many arguments are there at the least.
    let least: Int
    /// The first and the last place that it may have, from 0.
    let first: Int
    let last: Int

    private static let table: [(StaticString, least: Int, first: Int, last: Int)] = [
        ("login", 2, 1, 1), ("signin", 2, 1, 1), ("sign_in", 2, 1, 1), ("authenticate", 2, 1, 1),
        ("basicauth", 2, 1, 1),
        ("basic_auth", 2, 1, 1), ("setbasicauth", 2, 1, 1), ("httpbasicauth", 2, 1, 1), ("auth", 2, 1, 1),
        ("passwordauthentication", 2, 1, 1), ("plainauth", 4, 2, 2), ("networkcredential", 2, 1, 1),
        ("usernamepasswordcredentials", 2, 1, 1), ("usernamepasswordcredential", 2, 1, 1), ("credentials", 2, 1, 1),
        ("plaincredentials", 2, 1, 1), ("setcredentials", 2, 1, 1), ("setauth", 2, 1, 1), ("userpassword", 2, 1, 1),
        ("mysqli_connect", 3, 2, 2), ("mysql_connect", 3, 2, 2), ("mysqli_real_connect", 4, 3, 3),
        ("mysql_pconnect", 3, 2, 2),
        ("mysqli", 3, 2, 2), ("real_connect", 3, 2, 2), ("oci_connect", 2, 1, 1), ("ftp_login", 3, 2, 2),
        ("ssh2_auth_password", 3, 2, 2), ("ldap_bind", 3, 2, 2), ("imap_open", 3, 2, 2), ("odbc_connect", 3, 2, 2),
        ("pdo", 3, 2, 2), ("getconnection", 3, 2, 2), ("usernamepassword", 2, 1, 1), ("withcredentials", 2, 1, 1),
        ("awscredentials", 2, 1, 1), ("basicawscredentials", 2, 1, 1), ("awsbasiccredentials", 2, 1, 1),
        ("simple_bind_s", 2, 1, 1), ("bind", 2, 1, 1), ("passwordcredential", 2, 1, 1),
        ("basicauthentication", 2, 1, 1),
        ("newstaticcredentials", 2, 1, 1),
    ]

    /// - Parameter name: Of the call, perhaps with what it is called on: `smtp.login`.
    init?(named name: UnsafeRawBufferPointer) {
        let last =
            name.lastIndex(where: { $0 == .period || $0 == .space }).map { name.slice($0 + 1..<name.count) } ?? name
        guard let row = Self.table.first(where: { last.equalsCaseless($0.0) }) else { return nil }
        (least, first, self.last) = (row.least, row.first, row.last)
    }

    func choose(from arguments: [Literal]) -> Literal? {
        guard arguments.count > last else { return nil }
        return arguments[first...last].first { !$0.range.isEmpty }
    }
}
