/// Something that is left out on purpose. It is counted, and it does not make a scan incomplete.
package struct Omission: Sendable, Hashable {
    /// Why it is left out. The raw value is its name in reports and stores.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Larger than the size that was asked for.
        case tooLarge = "too large"
        /// Not text; whoever looks at the content decides.
        case binary
        /// A container that could not be opened, for the library that does it is missing.
        case archive
        /// Links are not followed: what they point to is read where it is, if it belongs to the scan.
        case symbolicLink = "symbolic link"
        /// A FIFO, socket or device: reading it could block or do something.
        case specialFile = "special file"
        /// Another repository.
        case submodule
        /// A Git LFS pointer whose content is not on this machine.
        case largeFilePointer = "large-file pointer"
        /// Tracked, and not in the working directory because a sparse checkout leaves it out.
        case outsideSparseCheckout = "outside the sparse checkout"
        /// Somebody's settings, or an option, leave it out.
        case excluded
    }

    /// Why it is left out.
    package var reason: Reason
    /// The path, or what else names it.
    package var subject: String

    /// - Parameter subject: The path, or what else names it.
    package init(reason: Reason, subject: String) {
        self.reason = reason
        self.subject = subject
    }
}
