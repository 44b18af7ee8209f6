import Platform

/// A folder of its own for one test, gone with its last reference.
public final class TemporaryDirectory: Sendable {
    /// Absolute, links resolved.
    public let path: String

    /// Makes an empty folder.
    public init() {
        var template = Array("/tmp/windsock-test.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template), let resolved = realpath(made, nil) else {
            fatalError("could not make a temporary folder: \(String(cString: strerror(errno)))")
        }
        defer { free(resolved) }
        path = String(cString: resolved)
    }

    deinit {
        // Tests take permissions away and make strange names; `rm` copes with both.
        _ = Command.run(["chmod", "-R", "u+rwX", path])
        _ = Command.run(["rm", "-rf", path])
    }

    /// The absolute path of something in the folder.
    public func callAsFunction(_ name: String) -> String {
        path + "/" + name
    }

    /// Writes a file, with the folders above it.
    @discardableResult
    public func write(_ name: String, _ content: String) -> String {
        write(Array(name.utf8), Array(content.utf8))
        return self(name)
    }

    /// Writes a file whose name or content need not be UTF-8.
    public func write(_ name: [UInt8], _ content: [UInt8]) {
        let absolute = Array(path.utf8) + [UInt8(ascii: "/")] + name
        for (position, byte) in absolute.enumerated() where byte == UInt8(ascii: "/") && position > path.utf8.count {
            mkdir(Self.cString(absolute[..<position]), 0o755)
        }
        let descriptor = open(Self.cString(absolute[...]), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        precondition(descriptor >= 0, "could not write \(String(decoding: name, as: UTF8.self))")
        defer { close(descriptor) }
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
            precondition(count > 0, "could not write \(String(decoding: name, as: UTF8.self))")
            rest = rest.dropFirst(count)
        }
    }

    /// The content of a file; nothing if it cannot be read.
    public func read(_ name: String) -> [UInt8] {
        guard let file = fopen(self(name), "rb") else { return [] }
        defer { fclose(file) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { content += buffer[..<count] }
        return content
    }

    /// Removes a file.
    public func remove(_ name: String) {
        precondition(unlink(self(name)) == 0, "could not remove \(name)")
    }

    private static func cString(_ bytes: ArraySlice<UInt8>) -> [CChar] {
        bytes.map(CChar.init(bitPattern:)) + [0]
    }
}
