package import Archives
package import Bytes
internal import Platform

/// The files of a tar archive by name, found without reading them.
///
/// Images are kept in archives whose lists stand behind what they name, so that any file has to be had at any time; a library that reads
/// an archive from its beginning to its end does not do.
package struct TarFiles: ImageFiles {
    private enum Entry {
        case file(Range<Int>)
        /// Another name of a file: `docker save` writes a layer once.
        case link(String)
    }

    private let bytes: StoredBytes
    private var entries: [String: Entry] = [:]
    /// What of the archive could not be read, in words that follow its name; `nil`: nothing.
    package private(set) var damage: String?

    private static let block = 512
    private static let maximumEntries = 1_000_000
    /// Of a long name or a header of attributes, in bytes.
    private static let maximumHeader = 1 << 20
    private static let maximumLinks = 8

    /// Reads the list of an archive's members.
    ///
    /// - Parameter path: As the system has it.
    package init(path: String) throws(SystemError) { self.init(try StoredBytes(path: path)) }

    /// - Parameter content: An archive that is held in memory.
    package init(content: [UInt8]) { self.init(StoredBytes(content)) }

    private init(_ bytes: StoredBytes) {
        self.bytes = bytes
        do throws(ByteStreamFailure) {
            try list()
        } catch {
            damage = "could not be read as a whole: \(error.message)"
        }
    }

    /// Whether there is a list of an image in it.
    package var isImage: Bool { ["manifest.json", "index.json", "oci-layout"].contains { size(of: $0) != nil } }

    package func size(of path: String) -> Int? { range(of: path)?.count }

    package func stream(of path: String) throws(ByteStreamFailure) -> any ByteStream {
        guard let range = range(of: path) else { throw ByteStreamFailure("it is not there") }
        return PartStream(bytes, range)
    }

    package func path(of digest: ImageDigest) -> String? {
        let path = "blobs/\(digest.algorithm)/\(digest.hex)"
        return size(of: path) == nil ? nil : path
    }

    private func range(of path: String) -> Range<Int>? {
        var name = Self.normal(path)
        for _ in 0..<Self.maximumLinks {
            switch entries[name] {
            case .file(let range): return range
            case .link(let target): name = target
            case nil: return nil
            }
        }
        return nil
    }

    // MARK: Headers

    private mutating func list() throws(ByteStreamFailure) {
        var offset = 0
        var long = LongNames()
        var header = [UInt8](repeating: 0, count: Self.block)
        while offset + Self.block <= bytes.count, entries.count < Self.maximumEntries {
            try read(&header, at: offset)
            if header.allSatisfy({ $0 == 0 }) { return }
            guard let size = long.size ?? Self.number(header[124..<136]), size >= 0, Self.isHeader(header) else {
                throw ByteStreamFailure("what stands at byte \(offset) is no header")
            }
            let start = offset + Self.block
            let (end, isOverflow) = start.addingReportingOverflow(size)
            let kind = header[156]
            if "LKxg".utf8.contains(kind) {
                guard !isOverflow, end <= bytes.count, size <= Self.maximumHeader else {
                    throw ByteStreamFailure("the header at byte \(offset) is longer than any")
                }
                var content = [UInt8](repeating: 0, count: size)
                try read(&content, at: start)
                long.note(content, kind)
            } else {
                note(header, kind, start..<(isOverflow ? Int.max : end), long)
                long = LongNames()
            }
            guard !isOverflow, end <= bytes.count else {
                throw ByteStreamFailure("a member is \(size) bytes long, and there are not so many")
            }
            offset = (end + Self.block - 1) / Self.block * Self.block
        }
        if entries.count >= Self.maximumEntries { throw ByteStreamFailure("it has more than a million members") }
    }

    private func read(_ buffer: inout [UInt8], at offset: Int) throws(ByteStreamFailure) {
        let bytes = bytes
        let result: Result<Int, ByteStreamFailure> = buffer.withUnsafeMutableBytes { buffer in
            do throws(ByteStreamFailure) {
                return .success(try bytes.read(into: buffer, at: offset))
            } catch {
                return .failure(error)
            }
        }
        guard try result.get() == buffer.count else { throw ByteStreamFailure("it ends before it is whole") }
    }

    private mutating func note(_ header: [UInt8], _ kind: UInt8, _ range: Range<Int>, _ long: LongNames) {
        var name = long.name ?? Self.text(header[..<100])
        if long.name == nil, header[257..<262].elementsEqual("ustar".utf8), header[345] != 0 {
            name = Self.text(header[345..<500]) + "/" + name
        }
        let path = Self.normal(name)
        switch kind {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): entries[path] = .file(range)
        case UInt8(ascii: "1"): entries[path] = .link(Self.normal(long.target ?? Self.text(header[157..<257])))
        case UInt8(ascii: "2"):
            let target = long.target ?? Self.text(header[157..<257])
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            entries[path] = .link(Self.normal(target.hasPrefix("/") ? target : "\(folder)/\(target)"))
        default: break
        }
    }

    /// What stands in front of a header whose fields are too short.
    private struct LongNames {
        var name: String?
        var target: String?
        var size: Int?

        mutating func note(_ content: [UInt8], _ kind: UInt8) {
            switch kind {
            case UInt8(ascii: "L"): name = TarFiles.text(content[...])
            case UInt8(ascii: "K"): target = TarFiles.text(content[...])
            case UInt8(ascii: "x"): attributes(content[...])
            default: break
            }
        }

        /// `LENGTH KEY=VALUE\n`, one after the other.
        private mutating func attributes(_ content: ArraySlice<UInt8>) {
            var rest = content
            while let space = rest.firstIndex(of: .space),
                let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > space - rest.startIndex + 1,
                length <= rest.count
            {
                let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
                rest = rest[(rest.startIndex + length)...]
                guard let equals = record.firstIndex(of: .equalsSign) else { continue }
                let value = String(decoding: record[(equals + 1)...], as: UTF8.self)
                switch String(decoding: record[..<equals], as: UTF8.self) {
                case "path": name = value
                case "linkpath": target = value
                case "size": size = Int(value)
                default: break
                }
            }
        }
    }

    // MARK: Fields

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A path without what leads nowhere: `./`, `..` beyond the top, slashes at its ends.
    private static func normal(_ path: String) -> String {
        var names: [Substring] = []
        for name in path.split(separator: "/") where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return names.joined(separator: "/")
    }

    /// Octal digits, or a big-endian number behind a byte whose highest bit is set.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first else { return nil }
        if first & 0x80 != 0 {
            guard field.dropFirst().prefix(field.count - 8).allSatisfy({ $0 == 0 }), first == 0x80 else { return nil }
            let value = field.suffix(7).reduce(0) { $0 << 8 | Int($1) }
            return value
        }
        var value = 0
        for byte in field where byte != .space && byte != 0 {
            guard (0x30...0x37).contains(byte) else { return nil }
            value = value << 3 | Int(byte - 0x30)
        }
        return value
    }

    /// By the sum of its bytes.
    private static func isHeader(_ header: [UInt8]) -> Bool {
        let sum = header[..<148].reduce(0) { $0 + Int($1) } + header[156...].reduce(0) { $0 + Int($1) } + 8 * 0x20
        return number(header[148..<156]) == sum
    }
}
