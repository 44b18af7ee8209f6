package import Bytes

extension Repository {
    /// The blob at a path of a tree; `nil` if there is none, or the way to it cannot be read.
    ///
    /// - Parameter path: Relative, `/` between components.
    package func blob(at path: some Collection<UInt8>, inTree tree: ObjectID) -> ObjectID? {
        var id = tree
        let names = path.split(separator: UInt8(ascii: "/"))
        for (number, name) in names.enumerated() {
            do throws(GitError) {
                guard let entry = try self.tree(id).first(where: { $0.name.elementsEqual(name) }) else { return nil }
                let isLast = number == names.count - 1
                guard isLast ? entry.mode.isBlob : entry.mode.isTree else { return nil }
                id = entry.id
            } catch {
                return nil
            }
        }
        return names.isEmpty ? nil : id
    }
}
