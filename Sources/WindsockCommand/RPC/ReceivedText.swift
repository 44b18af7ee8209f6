import Bytes

extension [UInt8] {
    /// A text that others have decoded already, with spaces where it has zeros: for them alone it would be taken for binary,
    /// and not be searched.
    var withoutZeros: [UInt8] { contains(0) ? map { $0 == 0 ? .space : $0 } : self }
}
