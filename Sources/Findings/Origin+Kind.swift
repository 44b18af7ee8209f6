internal import Bytes

extension Origin {
    /// The kind's name in reports and stores.
    package var kind: String {
        switch self {
        case .file: "file"
        case .index: "index"
        case .blob: "history"
        case .commitMessage: "commitMessage"
        case .tagMessage: "tagMessage"
        case .referenceNames: "referenceName"
        case .standardInput: "standardInput"
        case .address: "address"
        }
    }

    /// An origin as a report or a store names it.
    ///
    /// - Parameter object: The git object's id in hex, of the kinds that have one.
    /// - Returns: `nil` for a kind that there is not, and for one whose object is missing.
    package init?(kind: String, object: String?) {
        let id = object.flatMap { ObjectID(hex: $0) }
        switch (kind, id) {
        case ("file", _): self = .file
        case ("index", let id?): self = .index(id)
        case ("history", let id?): self = .blob(id)
        case ("commitMessage", let id?): self = .commitMessage(id)
        case ("tagMessage", let id?): self = .tagMessage(id)
        case ("referenceName", _): self = .referenceNames
        case ("standardInput", _): self = .standardInput
        case ("address", _): self = .address
        default: return nil
        }
    }
}

extension Occurrence.History.Reachability {
    /// The case's name in reports and stores.
    package var kind: String {
        switch self {
        case .references: "references"
        case .stash: "stash"
        case .reflog: "reflog"
        case .unreachable: "unreachable"
        }
    }

    /// - Parameter references: Short names, of the kind that has some.
    /// - Returns: `nil` for a kind that there is not.
    package init?(kind: String, references: [String]) {
        switch kind {
        case "references": self = .references(references)
        case "stash": self = .stash
        case "reflog": self = .reflog
        case "unreachable": self = .unreachable
        default: return nil
        }
    }
}
