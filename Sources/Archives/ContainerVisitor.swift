package import Documents

/// Is told of the members of a container. Names are those of `ContainerCut.names`.
package protocol ContainerVisitor {
    /// What is there, of whatever kind: before anything else is asked of it.
    mutating func meet(_ names: [String], _ kind: ContainerMemberKind)
    /// Whether a member is left out, whatever is in it.
    mutating func leavesOut(_ names: [String]) -> Bool
    /// Whether what begins so is text. A container need not be told from other binary content.
    mutating func isText(_ beginning: UnsafeRawBufferPointer) -> Bool
    /// A text.
    mutating func visit(_ text: UnsafeRawBufferPointer, _ names: [String])
    /// Rows of a database; names are those of the database.
    mutating func visit(_ rows: DatabaseText, _ names: [String])
    /// A document whose text is to be had: a PDF file, a picture.
    mutating func visit(document: UnsafeRawBufferPointer, as format: ContainerFormat, _ names: [String])
    /// A text whose parts were visited: what they have shown is no news.
    mutating func visit(whole text: UnsafeRawBufferPointer, _ names: [String])
    /// What is neither text nor a container.
    ///
    /// - Parameter beginning: As much of it as was read.
    mutating func pass(_ beginning: UnsafeRawBufferPointer, _ names: [String])
}

extension ContainerVisitor {
    package mutating func meet(_ names: [String], _ kind: ContainerMemberKind) {}
}

/// What a member of a container is.
package enum ContainerMemberKind: Sendable {
    case file
    case folder
    /// A link or a device.
    case other
}
