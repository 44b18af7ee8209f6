internal import Platform

/// What something in the file system is, as far as reading it is concerned.
package enum FileKind {
    case regular
    case directory
    case symbolicLink
    case special

    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .symbolicLink
        default: self = .special
        }
    }
}
