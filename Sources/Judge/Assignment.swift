/// A value that a text gives to a name. Ranges of the text; nothing is copied.
package struct Assignment: Equatable, Sendable {
    /// The name, without quotes: `spring.datasource.password`, `Secret Key`. Not empty.
    package var name: Range<Int>
    /// The value as it is written, without quotes. Not empty.
    package var value: Range<Int>
    package var syntax: Syntax
    package var quote: Quote
    /// The byte behind the value and its closing quote; zero at the end of the text.
    package var following: UInt8 = 0
    /// The line of the value is a comment.
    package var isInComment = false
    /// Its name is that of a client, which says nothing of secrets: whose the value is has to be said.
    package var isOfClient = false

    package init(name: Range<Int>, value: Range<Int>, syntax: Syntax, quote: Quote) {
        self.name = name
        self.value = value
        self.syntax = syntax
        self.quote = quote
    }

    /// This assignment in a text where it stands so many bytes further on.
    package func moved(by shift: Int) -> Assignment {
        var moved = self
        moved.name = name.lowerBound + shift..<name.upperBound + shift
        moved.value = value.lowerBound + shift..<value.upperBound + shift
        return moved
    }

    /// What name and value span.
    package var whole: Range<Int> {
        min(name.lowerBound, value.lowerBound)..<max(name.upperBound, value.upperBound)
    }
}

/// How a value is given to its name.
package enum Syntax: UInt8, Sendable, CaseIterable {
    /// `name = V`, `name := V`, `name += V`
    case equals
    /// `name: V`
    case colon
    /// `name => V`
    case arrow
    /// What holds where nothing else is said: `name || V`, `${NAME:-V}`, `getenv("NAME", V)`.
    case fallback
    /// `name == V`
    case comparison
    /// `name(V)`
    case call
    /// `f("name", V)`, `["name", V]`
    case argument
    /// `<name>V</name>`
    case element
    /// A pair of a name and a value that each have a name: `name="…" value="V"`, `- name: …⏎  value: V`.
    case pair
    /// `name V`: directives, definitions, SQL.
    case space
    /// `--name V`
    case flag
    /// `?name=V&…`
    case query
    /// Lines below the name: a block scalar.
    case block
    /// A value of a Kubernetes Secret.
    case member
    /// An argument whose place says what it is: `login(user, V)`.
    case position
    /// The password in an address, or what stands for a user without one: `https://user:V@host`, `https://V@host`. The name
    /// is the scheme.
    case userinfo
}

/// What a value stands in. The raw value is the byte that opens it.
package enum Quote: UInt8, Sendable, CaseIterable {
    /// In nothing: it ends with the line, a blank or a separator.
    case none = 0
    case double = 0x22
    case single = 0x27
    case backtick = 0x60
    /// In quotes that are escaped themselves: `\"V\"`.
    case escaped = 0x5c
    /// Between tags.
    case tags = 0x3e

    /// How many bytes close it.
    package var length: Int {
        switch self {
        case .none, .tags: 0
        case .double, .single, .backtick: 1
        case .escaped: 2
        }
    }
}
