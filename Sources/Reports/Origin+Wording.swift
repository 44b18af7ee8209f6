internal import Bytes
import Findings

extension Origin {
    /// Where the text was, if a path does not say it.
    var sentence: String? {
        switch self {
        case .file, .standardInput, .address: nil
        case .index: "in the index"
        case .blob(let blob): "in blob \(blob.abbreviated)"
        case .commitMessage(let commit): "in the message or the names of commit \(commit.abbreviated)"
        case .tagMessage(let tag): "in the message of tag object \(tag.abbreviated)"
        case .referenceNames: "in the name of a reference"
        }
    }
}
