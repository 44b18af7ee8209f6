internal import Findings

extension Omission.Reason {
    /// The reason's name in every report.
    var words: String {
        switch self {
        case .tooLarge: "too large"
        case .binary: "binary"
        case .symbolicLink: "symbolic link"
        case .specialFile: "special file"
        case .submodule: "submodule"
        case .largeFilePointer: "large-file pointer"
        }
    }
}
