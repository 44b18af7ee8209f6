import Bytes
internal import Platform

/// The files that references are in, as they stood at one moment: to list tens of thousands through libgit2 costs many times
/// what reading them costs, and a digest of them says whether any reference has changed.
///
/// Only what is regular is understood here; of all else libgit2 knows what to make (`Repository.references`).
package struct ReferenceFiles: Sendable {
    /// The content of `packed-refs`; empty if there is none.
    let packed: [UInt8]
    /// The files below `refs`, by their full names, in the order of the names.
    let loose: [(name: String, content: [UInt8])]
    /// Whether something below `refs` is neither a folder nor a regular file.
    private let hasOthers: Bool

    /// - Throws: If one of them cannot be read.
    package init(_ repository: Repository) throws(GitError) {
        let folder = try repository.referenceDirectory
        packed = try Repository.readSmallFile(folder + "packed-refs") ?? []
        var loose: [(name: String, content: [UInt8])] = []
        var hasOthers = false
        var folders = ["refs"]
        while let next = folders.popLast() {
            for entry in try repository.entries(ofFolder: next) {
                let name = next + "/" + entry.name
                switch entry.format {
                case S_IFDIR: folders.append(name)
                // One that is gone meanwhile is none.
                case S_IFREG:
                    if let content = try Repository.readSmallFile(folder + name) { loose.append((name, content)) }
                default: hasOthers = true
                }
            }
        }
        self.loose = loose.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.hasOthers = hasOthers
    }

    /// All that references depend on, without a gap between one and the next.
    package var bytes: [UInt8] {
        var bytes = Array("\(packed.count) \(hasOthers)\n".utf8) + packed
        for (name, content) in loose { bytes += Array("\(name)\0\(content.count)\n".utf8) + content }
        return bytes
    }

    // MARK: What they say

    private enum Target {
        case object(ObjectID)
        case name(String)

        var isSymbolic: Bool { if case .name = self { true } else { false } }
    }

    /// The references, in libgit2's order: those in files of their own, then the packed ones, each by name.
    ///
    /// - Returns: `nil` if anything is not as git writes it.
    package func references() -> References? {
        if hasOthers { return nil }
        guard let own = looseTargets(), let packed = packedTargets() else { return nil }
        var objects: [String: ObjectID] = [:]
        if own.contains(where: \.target.isSymbolic) {
            objects = Dictionary(packed, uniquingKeysWith: { first, _ in first })
            for (name, target) in own {
                if case .object(let id) = target { objects[name] = id } else { objects[name] = nil }
            }
        }
        var result = References()
        for (name, target) in own {
            result.names.append(name)
            switch target {
            case .object(let id): result.references.append(Reference(name: name, target: id))
            case .name(let other):
                // Where it leads to none of these, or on to yet another.
                guard let id = objects[other] else { return nil }
                result.references.append(Reference(name: name, target: id))
            }
        }
        let shadowed = Set(own.map(\.name))
        for (name, id) in packed where shadowed.isEmpty || !shadowed.contains(name) {
            result.names.append(name)
            result.references.append(Reference(name: name, target: id))
        }
        return result
    }

    private func looseTargets() -> [(name: String, target: Target)]? {
        var targets: [(name: String, target: Target)] = []
        for (name, content) in loose where !name.hasSuffix(".lock") {
            guard Self.isRegular(name.utf8) else { return nil }
            if let other = Self.symbolicTarget(content) {
                targets.append((name, .name(other)))
            } else if content.last == UInt8(ascii: "\n"), let id = ObjectID(hexDigits: content.dropLast()) {
                targets.append((name, .object(id)))
            } else {
                return nil
            }
        }
        return targets
    }

    private static func symbolicTarget(_ content: [UInt8]) -> String? {
        let mark = Array("ref: ".utf8)
        guard content.starts(with: mark), content.last == UInt8(ascii: "\n") else { return nil }
        let name = content.dropFirst(mark.count).dropLast()
        return isRegular(name) ? String(decoding: name, as: UTF8.self) : nil
    }

    /// `0123… refs/heads/main`, and lines that begin with `^` for what a tag before them leads to.
    private func packedTargets() -> [(String, ObjectID)]? {
        var targets: [(String, ObjectID)] = []
        let nameStart = 2 * ObjectID.byteCount + 1
        var rest = packed[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "^") { continue }
            let name = line.dropFirst(nameStart)
            guard line.count > nameStart, line[line.startIndex + nameStart - 1] == UInt8(ascii: " "),
                let id = ObjectID(hexDigits: line.prefix(nameStart - 1)), Self.isRegular(name)
            else { return nil }
            targets.append((String(decoding: name, as: UTF8.self), id))
        }
        let isSorted = zip(targets, targets.dropFirst()).allSatisfy { $0.0 < $1.0 }
        return isSorted ? targets : nil
    }

    /// Whether a name is beyond doubt one that git allows (`git help check-ref-format`), and of ASCII, in which names are
    /// ordered like their bytes.
    private static func isRegular(_ name: some Collection<UInt8>) -> Bool {
        guard name.starts(with: Array("refs/".utf8)), !name.contains(where: { !isPlain[Int($0)] }) else { return false }
        var previous: UInt8 = 0
        for byte in name {
            let isAfterSeparator = previous == UInt8(ascii: "/") || previous == UInt8(ascii: ".")
            if isAfterSeparator, byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return false }
            if previous == UInt8(ascii: "@"), byte == UInt8(ascii: "{") { return false }
            previous = byte
        }
        return previous != UInt8(ascii: "/") && previous != UInt8(ascii: ".")
    }

    private static let isPlain: [Bool] = (0..<256).map { byte in
        UInt8.visibleCharacters.contains(UInt8(byte)) && !"~^:?*[\\".utf8.contains(UInt8(byte))
    }
}
