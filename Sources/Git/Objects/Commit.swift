package import Bytes

/// A commit, read from its object.
package struct Commit: Sendable, Hashable {
    package var id: ObjectID
    package var tree: ObjectID
    /// In the order the commit names them; a shallow clone may lack them.
    package var parents: [ObjectID]
    package var author: Signature
    package var committer: Signature
    /// The message as it is stored, in the encoding it is in.
    package var message: [UInt8]

    /// The first line of the message that is not blank, as UTF-8, repaired.
    package var summary: String {
        for line in message.split(separator: UInt8(ascii: "\n")) {
            let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
            if !text.isEmpty {
                return String(decoding: text.last == UInt8(ascii: "\r") ? text.dropLast() : text, as: UTF8.self)
            }
        }
        return ""
    }

    /// Reads the content of a commit object.
    ///
    /// - Returns: `nil` if it names no tree.
    init?(id: ObjectID, parsing bytes: UnsafeRawBufferPointer) {
        guard let links = CommitLinks(parsing: bytes) else { return nil }
        let header = ObjectHeader(bytes)
        var author: Signature?
        var committer: Signature?
        header.forEachLine { key, value in
            if key.equals("author") { author = Signature(parsing: value) }
            if key.equals("committer") { committer = Signature(parsing: value) }
        }
        let nobody = Signature(name: "", email: "", time: 0, offsetMinutes: 0)
        self.id = id
        tree = links.tree
        parents = links.parents
        self.author = author ?? nobody
        self.committer = committer ?? nobody
        message = Array(header.body)
    }
}

/// Only what connects a commit with other objects, and its place in time: enough to walk a history.
package struct CommitLinks: Sendable, Hashable {
    package var tree: ObjectID
    package var parents: [ObjectID]
    /// When it was committed, in seconds since 1970-01-01 00:00 UTC.
    package var committerTime: Int

    /// Reads the content of a commit object.
    ///
    /// - Returns: `nil` if it names no tree, or a parent that is no id.
    package init?(parsing bytes: UnsafeRawBufferPointer) {
        var parents: [ObjectID] = []
        guard let (tree, time) = Self.read(bytes, parents: &parents) else { return nil }
        self.tree = tree
        self.parents = parents
        committerTime = time
    }

    /// Reads the content of a commit object, without taking memory for each.
    ///
    /// - Parameter parents: Receives the parents, in the place of what was in it.
    /// - Returns: `nil` if it names no tree, or a parent that is no id.
    package static func read(
        _ bytes: UnsafeRawBufferPointer, parents: inout [ObjectID]
    ) -> (tree: ObjectID, committerTime: Int)? {
        parents.removeAll(keepingCapacity: true)
        var tree: ObjectID?
        var time = 0
        var isDamaged = false
        ObjectHeader.forEachLine(of: bytes) { line in
            // Most lines are of a signature, or tell the author: the first letter is enough to know them.
            switch line.first {
            case UInt8(ascii: "t"):
                if let value = line.value(of: "tree ") { tree = value.objectID }
            case UInt8(ascii: "p"):
                guard let value = line.value(of: "parent ") else { break }
                if let parent = value.objectID { parents.append(parent) } else { isDamaged = true }
            case UInt8(ascii: "c"):
                if let value = line.value(of: "committer ") { time = Self.time(value) }
            default: break
            }
        }
        guard let tree, !isDamaged else { return nil }
        return (tree, time)
    }

    /// Reads the seconds without making strings of the rest: this runs for every commit.
    private static func time(_ line: UnsafeRawBufferPointer) -> Int {
        guard let close = line.lastIndex(of: UInt8(ascii: ">")) else { return 0 }
        var seconds = 0
        for digit in line[(close + 1)...].drop(while: { $0 == UInt8(ascii: " ") }) {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9"), seconds < 1 << 55 else { break }
            seconds = seconds * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return seconds
    }
}

extension Repository {
    /// Reads a commit.
    package func commit(_ id: ObjectID) throws(GitError) -> Commit {
        let commit = try objects.withObject(id, expecting: .commit) { Commit(id: id, parsing: $0) }
        guard let commit else { throw Self.damaged("read commit", id) }
        return commit
    }

    /// Reads what connects a commit with other objects.
    package func commitLinks(_ id: ObjectID) throws(GitError) -> CommitLinks {
        let links = try objects.withObject(id, expecting: .commit) { CommitLinks(parsing: $0) }
        guard let links else { throw Self.damaged("read commit", id) }
        return links
    }

    static func damaged(_ operation: String, _ id: ObjectID) -> GitError {
        GitError(operation: operation, subject: id.description, kind: .corrupt, message: "its content is malformed")
    }
}
