import Findings

extension Occurrence.Origin {
    /// The kind's name in JSON and CSV.
    var kind: String {
        switch self {
        case .file: "file"
        case .index: "index"
        case .history: "history"
        case .commitMessage: "commitMessage"
        case .tagMessage: "tagMessage"
        case .referenceName: "referenceName"
        case .standardInput: "standardInput"
        }
    }

    /// The git object that was read, in hex.
    var object: String? {
        switch self {
        case .index(let id), .history(let id), .commitMessage(let id), .tagMessage(let id): id
        case .file, .referenceName, .standardInput: nil
        }
    }

    /// Where the text was, if a path does not say it.
    var sentence: String? {
        switch self {
        case .file, .standardInput: nil
        case .index: "in the index"
        case .history(let blob): "in blob \(blob.prefix(10))"
        case .commitMessage(let commit): "in the message or the names of commit \(commit.prefix(10))"
        case .tagMessage(let tag): "in the message of tag object \(tag.prefix(10))"
        case .referenceName: "in the name of a reference"
        }
    }
}
