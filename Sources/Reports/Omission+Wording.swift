internal import Findings

extension Omission.Reason {
    /// The reason's name in every report.
    var words: String {
        switch self {
        case .tooLarge: "too large"
        case .binary: "binary"
        case .archive: "archive"
        case .symbolicLink: "symbolic link"
        case .specialFile: "special file"
        case .submodule: "submodule"
        case .largeFilePointer: "large-file pointer"
        case .outsideSparseCheckout: "outside the sparse checkout"
        case .excluded: "excluded"
        }
    }

    /// `1 symbolic link`, `2 symbolic links`, `2 binary`
    func counted(_ count: Int) -> String {
        switch self {
        case .tooLarge, .binary, .outsideSparseCheckout, .excluded: "\(Quantity.grouped(count)) \(words)"
        case .archive, .symbolicLink, .specialFile, .submodule, .largeFilePointer: Quantity.count(count, words)
        }
    }
}
