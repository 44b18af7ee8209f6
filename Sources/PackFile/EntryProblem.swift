/// Why a single object of a pack cannot be read. A plan has one for each object that it gave up, so it is small.
enum EntryProblem: UInt8, Error {
    case outsidePack = 0x80
    case badHeader
    case baseNotInPack
    case baseOffset
    case baseCycle
    case baseUnreadable
    case sizeImplausible
    case badStream
    case wrongChecksum
    case wrongID
    case wrongBaseSize
    case badInstruction
    case copyOutsideBase
    case wrongResultSize
    case rebuildLimit
    case tooLarge

    var kind: PackError.Kind {
        switch self {
        case .baseNotInPack: .baseMissing
        case .baseUnreadable: .baseUnreadable
        case .rebuildLimit, .tooLarge: .limit
        default: .damaged
        }
    }

    var message: String {
        switch self {
        case .outsidePack: "the index says that it starts outside the pack"
        case .badHeader: "its header is not one of a pack entry"
        case .baseNotInPack: "it is a difference to an object that is not in this pack"
        case .baseOffset: "it is a difference to an object at a place where none starts"
        case .baseCycle: "it is a difference to an object that is made from itself"
        case .baseUnreadable: "it is a difference to an object that could not be read"
        case .sizeImplausible: "its header promises more bytes than its compressed data can hold"
        case .badStream: "its compressed data is damaged, or has another size than its header says"
        case .wrongChecksum: "its compressed data does not have the checksum that the index names"
        case .wrongID: "its content has another id"
        case .wrongBaseSize: "it is a difference to an object of another size"
        case .badInstruction: "an instruction of the difference is not one, or is cut off"
        case .copyOutsideBase: "the difference copies from outside its base"
        case .wrongResultSize: "the difference makes an object of another size than it promises"
        case .rebuildLimit: "it stands at the end of too long a chain of differences between large objects"
        case .tooLarge: "it is larger than what is kept in memory"
        }
    }
}
