/// Signs in a text that characters of it may be written in another way: found by the prefilter, with the keywords of rules.
///
/// Most escapes leave the keyword of a secret in clear. These show what is hidden without one: a token every character of
/// which is an escape, or one that is written as two literals.
struct EscapeMarks: OptionSet, Sendable {
    let rawValue: UInt8

    /// Backslash escapes by code.
    static let backslash = EscapeMarks(rawValue: 1)
    /// Character references of XML and HTML.
    static let references = EscapeMarks(rawValue: 2)
    /// Quoted-printable, as in mail.
    static let quotedPrintable = EscapeMarks(rawValue: 4)
    /// Percent-encoding of characters that need none.
    static let percent = EscapeMarks(rawValue: 8)
    /// Literals that are joined to one.
    static let joinedLiterals = EscapeMarks(rawValue: 16)

    static let all: EscapeMarks = [.backslash, .references, .quotedPrintable, .percent, .joinedLiterals]

    /// A keyword of a rule: escapes beside it may hide where its value begins.
    static let keyword = EscapeMarks(rawValue: 32)

    /// What is looked for, three bytes or more each.
    static let literals: [(text: String, mark: EscapeMarks)] =
        [
            [#"\u00"#, #"\u{"#, #"\U0000"#, #"\x2"#, #"\x3"#, #"\x4"#, #"\x5"#, #"\x6"#, #"\x7"#]
                .map { ($0, .backslash) },
            // An address as PHP writes it into JSON.
            [(#":\/\/"#, .backslash)],
            [#"\14"#, #"\15"#, #"\16"#].map { ($0, .backslash) },
            ["&#x", "&#X", "&#1", "&#3", "&#4", "&#5", "&#6", "&#7", "&#8", "&#9", "&#0"].map { ($0, .references) },
            ["&quot;", "&apos;", "&amp;", "&equals;", "&colon;"].map { ($0, .references) },
            ["=3D", "quoted-printable"].map { ($0, .quotedPrintable) },
            ["%67", "%73", "%41", "%65", "%70", "%78", "%5F", "%5f"].map { ($0, .percent) },
            [#"" +"#, "' +", #""+""#, "'+'", #"+ ""#, "+ '", #"" ."#, "' .", #"" ""#, "' '", #"" &"#, #""&""#]
                .map { ($0, .joinedLiterals) },
            [#"" \"#, #"' \"#, #"" |"#, "' |", #"" <>"#, #"" b""#, #"" f""#, #"" r""#, #"" u""#, "' b'", "' f'"]
                .map { ($0, .joinedLiterals) },
            ["\"\n ", "'\n ", "\"\n\t", "'\n\t", "\"\r\n ", "\"\\\n"].map { ($0, .joinedLiterals) },
        ].flatMap { $0 }
}
