internal import Bytes
import Findings

extension Origin {
    /// The kind's name in JSON and CSV.
    var kind: String {
        switch self {
        case .file: "file"
        case .index: "index"
        case .blob: "history"
        case .commitMessage: "commitMessage"
        case .tagMessage: "tagMessage"
        case .referenceNames: "referenceName"
        case .standardInput: "standardInput"
        }
    }

    /// Where the text was, if a path does not say it.
    var sentence: String? {
        switch self {
        case .file, .standardInput: nil
        case .index: "in the index"
        case .blob(let blob): "in blob \(blob.abbreviated)"
        case .commitMessage(let commit): "in the message or the names of commit \(commit.abbreviated)"
        case .tagMessage(let tag): "in the message of tag object \(tag.abbreviated)"
        case .referenceNames: "in the name of a reference"
        }
    }
}
