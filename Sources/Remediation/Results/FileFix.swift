/// What becomes of a file.
package struct FileFix: Sendable {
    /// What becomes of a secret in it.
    package enum Outcome: Sendable, Hashable {
        /// A look-up has its place.
        case replaced
        /// It stood where nothing is looked up, and its name has its place.
        case masked
        /// The file is one of values, which stays out of the repository as it is.
        case kept
        /// It is put together when the program runs.
        case assembled
        /// It stays, and why, without a full stop.
        case refused(String)
    }

    /// One secret at one place.
    package struct Place: Sendable {
        /// Which of those that were asked about.
        package var number: Int
        package var outcome: Outcome
        /// The variable that it is to be given in; `nil`: none.
        package var name: String?
        /// What there is to know, without a full stop.
        package var note: String?
    }

    /// The file's text before.
    package let before: [UInt8]
    /// The file's text afterwards.
    package var text: [UInt8]
    /// In the order of their places.
    package var places: [Place] = []
    /// Texts that were put in, and hold no secret.
    package var inserted: [Insertion] = []
    /// The file is an environment file, with these names.
    package var environment: [String]?
    /// Whether the look-ups are of the environment in which the program runs, rather than of a service that runs it.
    package var looksUpEnvironment = false

    /// Nothing is changed yet.
    package init(_ text: [UInt8]) { (before, self.text) = (text, text) }

    /// Adds what was done to the text as it is by now.
    package mutating func add(_ next: FileFix) {
        text = next.text
        places += next.places
        inserted += next.inserted
        environment = environment ?? next.environment
        looksUpEnvironment = looksUpEnvironment || next.looksUpEnvironment
    }

    /// What changes, as edits of the text before: whole lines, and of a line that is changed what differs in it.
    package var edits: [Edit] { LineDifference.edits(from: before, to: text) }

    /// Names of variables that whoever runs the program has to give.
    package var names: [String] {
        var seen: Set<String> = []
        return places.compactMap { place in
            guard place.outcome == .replaced, let name = place.name, seen.insert(name).inserted else { return nil }
            return name
        }
    }
}
