/// What can be done about a literal.
enum Answer {
    /// It is replaced.
    case replaced([Edit], Step)
    /// It stays, and why: a sentence without a full stop that goes on after the place's name.
    case refused(String)

    /// What a replacement needs besides.
    struct Step {
        /// The modules and headers that the look-up is in.
        var imports: [String] = []
        /// What stands at the end of the file besides, for example the declaration of a variable.
        var appendix: String?
        /// What whoever has the file ought to know, without a full stop.
        var note: String?
        /// Whether nothing is looked up: it stood in a comment.
        var isMask = false
        /// The name under which the value is to be given, where it is another than the one that was asked for.
        var name: String?
    }

    static func replaced(_ range: Range<Int>, by text: String, note: String? = nil) -> Answer {
        .replaced([Edit(range, text)], Step(note: note))
    }

    /// In a comment nothing is looked up: the name takes the place of the value.
    static func masked(_ range: Range<Int>, name: String) -> Answer {
        .replaced(
            [Edit(range, "<\(name)>")],
            Step(note: "it stood in a comment, where its name stands now", isMask: true))
    }
}
