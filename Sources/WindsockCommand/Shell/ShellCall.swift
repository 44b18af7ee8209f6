/// A program that a script runs, with all that can be known of it ahead of time.
struct ShellCall {
    /// What the shell makes of a word.
    struct Text {
        var text: String
        /// Whether that is all of it.
        var isKnown: Bool
        /// What else it may be: of a variable that a loop gives several values.
        var others: [String] = []

        /// A text that says all.
        init(_ text: String) { (self.text, isKnown) = (text, true) }

        init(_ text: String, isKnown: Bool, others: [String] = []) {
            (self.text, self.isKnown, self.others) = (text, isKnown, others)
        }
    }

    struct Redirection {
        var operation: String
        var target: Text
        var document: ShellScript.Document?

        /// Whether a file is written.
        var writes: Bool { operation.contains(">") }
    }

    /// Where a program runs.
    struct Place {
        var folder: String
        /// Whether that is where it is.
        var isKnown = true
        /// Where else it may be.
        var others: [String] = []

        func path(_ path: String, home: String?) -> String {
            if path == "~" { return home ?? path }
            if path.hasPrefix("~/"), let home { return home + path.dropFirst() }
            return path.hasPrefix("/") ? path : "\(folder)/\(path)"
        }
    }

    /// Without the folder that it lies in.
    var program: String
    var arguments: [Text]
    var place: Place
    /// Variables that it is given, as far as they are known.
    var variables: [String: String] = [:]
    var redirections: [Redirection] = []
    /// Whether it only runs if the one before it did what it should.
    var isAfterSuccess = false

    /// The last part of a path.
    static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
