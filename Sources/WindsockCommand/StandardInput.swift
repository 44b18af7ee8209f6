import Bytes
import Platform

/// Standard input, for programs that write to this one.
enum StandardInput {
    /// All of it, or a byte more than the limit.
    static func read(upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = Platform.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemError(errno, attempt: "read standard input")
            }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
