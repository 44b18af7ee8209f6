internal import Findings

extension Omission.Reason {
    /// `1 symbolic link`, `2 symbolic links`, `2 binary`
    func counted(_ count: Int) -> String {
        switch self {
        case .tooLarge, .binary, .outsideSparseCheckout, .excluded: "\(Quantity.grouped(count)) \(rawValue)"
        case .archive, .symbolicLink, .specialFile, .submodule, .largeFilePointer: Quantity.count(count, rawValue)
        }
    }
}
