/// What of a container was not read, and why: the scan of it is incomplete.
package struct ContainerCut: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// In the library's words.
        case damaged(String)
        case encrypted
        /// Why no archive can be opened.
        case unopened(String)
        /// Of a document, in words that follow its name.
        case unreadable(String)
        /// A container in so many others that it was not opened.
        case tooDeep(Int)
        /// Larger than what is held of members at once, in bytes.
        case tooLarge(Int)
        /// Of one that takes the limits of the whole, what follows is not read.
        case tooManyBytes(Int)
        case tooManyMembers(Int)
        case tooLong(Duration)
    }

    package var reason: Reason
    /// Of the member, the outermost container's name left out and each container's in front of its member's; empty: the container
    /// itself.
    package var names: [String]
    /// How many other members of the same container were not read for the same reason.
    package var others = 0

    /// - Parameter names: As in `names`.
    package init(reason: Reason, names: [String]) {
        self.reason = reason
        self.names = names
    }

    /// What follows the name of what was not read.
    package var message: String {
        let others = others == 0 ? "" : "; so it is with \(others) more of its container"
        return sentence + others
    }

    private var sentence: String {
        switch reason {
        case .damaged(let words): "could not be read as a whole: \(words)"
        case .unreadable(let words): "is a document whose text was not read: it \(words)"
        case .encrypted: "is protected by a password, and was not read"
        case .unopened(let words): "is an archive, and what it holds was not looked at: \(words)"
        case .tooDeep(let depth): "is a container in \(depth) others, and was not opened"
        case .tooLarge(let size):
            "is larger than the \(size) bytes that are read of a member, and only these were scanned"
        case .tooManyBytes(let size):
            "holds more than the \(size) bytes that are read of a container like it, and the rest was not"
        case .tooManyMembers(let count): "holds more than \(count) members, and the rest was not read"
        case .tooLong(let time): "took longer than \(time.components.seconds) s, and the rest was not read"
        }
    }

    /// What one can do about it; `nil`: nothing.
    package var advice: String? {
        switch reason {
        case .damaged, .unreadable: nil
        case .encrypted: "unpack it with the password, and scan the folder"
        case .unopened: "install it, or unpack it and scan the folder"
        case .tooDeep: "raise --archives, or unpack it and scan the folder"
        case .tooLarge: "raise --max-file-size, or unpack it and scan the folder"
        case .tooManyBytes, .tooManyMembers, .tooLong: "if it is no bomb, unpack it and scan the folder"
        }
    }

    /// Whether another try with the same settings would come to the same.
    package var isLasting: Bool {
        switch reason {
        case .damaged, .encrypted, .tooDeep, .tooLarge, .tooManyBytes, .tooManyMembers: true
        // Another program, a library that is there by then, and a clock.
        case .unreadable, .unopened, .tooLong: false
        }
    }

    /// Whether another one of the same container has the same reason, its details aside.
    func isLike(_ other: ContainerCut) -> Bool {
        kind == other.kind && names.count == other.names.count && names.dropLast() == other.names.dropLast()
    }

    private var kind: Int {
        switch reason {
        case .damaged, .unreadable: 0
        case .encrypted: 1
        case .unopened: 5
        case .tooDeep: 2
        case .tooLarge: 3
        case .tooManyBytes, .tooManyMembers, .tooLong: 4
        }
    }
}
