package import Bytes

/// An annotated tag, read from its object.
package struct Tag: Sendable, Hashable {
    package var id: ObjectID
    /// What it tags, and of which kind that says it is.
    package var target: ObjectID
    package var targetKind: ObjectKind?
    package var name: String
    /// Old tags have none.
    package var tagger: Signature?
    /// The message as it is stored.
    package var message: [UInt8]

    init?(id: ObjectID, parsing bytes: UnsafeRawBufferPointer) {
        let header = ObjectHeader(bytes)
        var target: ObjectID?
        var kind: ObjectKind?
        var name = ""
        var tagger: Signature?
        header.forEachLine { key, value in
            if key.equals("object") { target = value.objectID }
            if key.equals("type") { kind = ObjectKind(rawValue: String(decoding: value, as: UTF8.self)) }
            if key.equals("tag") { name = String(decoding: value, as: UTF8.self) }
            if key.equals("tagger") { tagger = Signature(parsing: value) }
        }
        guard let target else { return nil }
        self.id = id
        self.target = target
        targetKind = kind
        self.name = name
        self.tagger = tagger
        message = Array(header.body)
    }
}

extension Repository {
    /// Reads an annotated tag.
    package func tag(_ id: ObjectID) throws(GitError) -> Tag {
        let tag = try objects.withObject(id, expecting: .tag) { Tag(id: id, parsing: $0) }
        guard let tag else { throw Self.damaged("read tag", id) }
        return tag
    }

    /// Follows annotated tags to the object they tag in the end.
    package func peel(_ id: ObjectID) throws(GitError) -> (id: ObjectID, kind: ObjectKind) {
        let followed = try followTags(id)
        return (followed.target, followed.kind)
    }

    /// The annotated tags that lead from an object to the one they tag in the end, the outermost first; none if it is no
    /// tag.
    package func annotatedTags(_ id: ObjectID) throws(GitError) -> [ObjectID] { try followTags(id).tags }

    private func followTags(
        _ id: ObjectID
    ) throws(GitError) -> (tags: [ObjectID], target: ObjectID, kind: ObjectKind) {
        var (id, tags) = (id, [ObjectID]())
        // A tag cannot contain itself, but a crafted chain of them can be long.
        for _ in 0..<64 {
            let kind = try objects.header(of: id).kind
            guard kind == .tag else { return (tags, id, kind) }
            tags.append(id)
            id = try tag(id).target
        }
        throw GitError(
            operation: "follow tag", subject: id.description, kind: .corrupt, message: "too many tags of tags")
    }
}
