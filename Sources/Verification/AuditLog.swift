internal import Platform
internal import Synchronization

/// Appends to a file what was asked of whom: proof for those who ask later, also if this program does not get to its end.
///
/// A line is a JSON object. One is on the disk before a request is sent (`"event":"request"`), one follows with what came
/// of it (`"event":"answer"`); `id` tells which belong together. No key is in either.
package final class AuditLog: Sendable {
    private let descriptor: Int32
    private let path: String
    private let number = Atomic<Int>(0)

    /// Opens a file to append to; a new one is for its owner alone.
    package init(path: String) throws(AuditLogError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw AuditLogError(path: path, code: errno) }
    }

    deinit { close(descriptor) }

    /// A number for a request that is unique in this run.
    package func nextID() -> String {
        "\(getpid())-\(number.add(1, ordering: .relaxed).newValue)"
    }

    /// Writes a line and waits until it is on the disk.
    package func append(_ entry: AuditEntry) throws(AuditLogError) {
        var bytes = Array((entry.json + "\n").utf8)[...]
        while !bytes.isEmpty {
            // One write a line: with O_APPEND, lines of several processes do not mix.
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AuditLogError(path: path, code: errno) }
            bytes = bytes.dropFirst(count)
        }
        // Terminals and pipes have no disk behind them.
        if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP {
            throw AuditLogError(path: path, code: errno)
        }
    }
}

/// One line of the audit log.
package struct AuditEntry {
    package enum Event: String, Sendable { case request, answer }

    package var event: Event
    var id: String
    /// Seconds since 1970-01-01 00:00 UTC.
    package var time: Double
    var method: HTTPMethod
    /// `host` or `host:port`.
    var host: String
    var rule: String
    var fingerprint: String
    /// The HTTP status; `nil` while there is no answer.
    package var status: Int?
    var verdict: String?
    /// Seconds.
    package var duration: Double?
    /// What went wrong, in our own words.
    package var reason: String?
    /// The language model that is asked; `nil`: it is not about one.
    package var model: String?
    /// How long the body is, in bytes.
    package var byteCount: Int?

    package init(
        event: Event, id: String, time: Double, method: HTTPMethod, host: String, rule: String, fingerprint: String
    ) {
        self.event = event
        self.id = id
        self.time = time
        self.method = method
        self.host = host
        self.rule = rule
        self.fingerprint = fingerprint
    }

    var json: String {
        let fields: [(String, String)] = [
            ("time", Self.quote(UTCTime.text(time))), ("event", Self.quote(event.rawValue)), ("id", Self.quote(id)),
            ("method", Self.quote(method.rawValue)), ("host", Self.quote(host)), ("rule", Self.quote(rule)),
            ("fingerprint", Self.quote(fingerprint)), ("status", status.map { "\($0)" } ?? "null"),
            ("verdict", verdict.map(Self.quote) ?? "null"),
            ("duration", duration.map { "\(Double(Int($0 * 1e6)) / 1e6)" } ?? "null"),
        ]
        let optional = [
            reason.map { ("reason", Self.quote($0)) }, model.map { ("model", Self.quote($0)) },
            byteCount.map { ("bytes", "\($0)") },
        ]
        let all = fields + optional.compactMap { $0 }
        return "{" + all.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// Times of day as ISO 8601 has them, in UTC.
package enum UTCTime {
    /// Seconds since 1970-01-01 00:00 UTC.
    package static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A time taken apart: `month` and `weekday` from 0, January and Sunday.
    static func parts(
        _ seconds: Double
    ) -> (year: Int, month: Int, day: Int, weekday: Int, hour: Int, minute: Int, second: Int) {
        var whole = time_t(seconds.rounded(.down))
        var parts = tm()
        gmtime_r(&whole, &parts)
        return (
            Int(parts.tm_year) + 1900, Int(parts.tm_mon), Int(parts.tm_mday), Int(parts.tm_wday), Int(parts.tm_hour),
            Int(parts.tm_min), Int(parts.tm_sec)
        )
    }

    /// `2026-02-28T23:59:59.123Z`
    package static func text(_ seconds: Double) -> String {
        let parts = parts(seconds)
        func pad(_ number: some BinaryInteger, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(pad(parts.year, 4))-\(pad(parts.month + 1, 2))-\(pad(parts.day, 2))"
        let time = "\(pad(parts.hour, 2)):\(pad(parts.minute, 2)):\(pad(parts.second, 2))"
        return "\(date)T\(time).\(pad(Int((seconds - seconds.rounded(.down)) * 1000), 3))Z"
    }
}

/// The audit log could not be written, so that nothing may be asked.
package struct AuditLogError: Error, Sendable, CustomStringConvertible {
    package var path: String
    package var code: Int32

    package var description: String {
        "could not write to the audit log \(path): \(String(cString: strerror(code)))"
    }
}
