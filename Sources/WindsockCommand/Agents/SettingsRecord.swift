import Bytes
import FoundationEssentials
import Reports

/// What a client's settings were before windsock was put into them, written down outside of them: there are settings from which
/// it cannot be told.
///
/// Only what differs is kept: settings can hold keys.
struct SettingsRecord {
    /// The file with it, readable by its owner alone.
    private let file: String

    /// - Parameter path: Of the settings.
    /// - Returns: `nil` where there is no place for it.
    init?(_ path: String) {
        guard let folder = StateFolder.known("settings") else { return nil }
        file = "\(folder)/\(SHA256.hexadecimal(of: path.utf8).prefix(32)).json"
    }

    var exists: Bool { HookText.read(file) != nil }

    /// What stood there before, if the settings are as they were left.
    func before(_ after: String?) -> SettingsEditor.Rest? {
        guard let after, let text = HookText.read(file) else { return nil }
        let node: JSONNode
        do throws(JSONProblem) {
            node = try JSONDocument(Array(text.utf8)).root
        } catch {
            // A damaged one says nothing.
            return nil
        }
        guard node[name: "after"]?.text == SHA256.hexadecimal(of: after.utf8) else { return nil }
        if node[name: "existed"]?.flag == false { return .nothing }
        let bytes = Array(after.utf8)
        guard let start = node[name: "start"]?.integer, let end = node[name: "end"]?.integer,
            let middle = node[name: "was"]?.text, start >= 0, end >= 0, start + end <= bytes.count
        else { return nil }
        let was = middle.hexadecimalBytes
        return .text(String(decoding: bytes[..<start] + was + bytes[(bytes.count - end)...], as: UTF8.self))
    }

    /// Writes down what stands there before. Where that fails it is told from the settings themselves.
    func write(before: String?, after: String) {
        let (old, new) = (Array((before ?? "").utf8), Array(after.utf8))
        let shorter = min(old.count, new.count)
        let start = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
        let end =
            (0..<(shorter - start)).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? shorter - start
        var writer = JSONWriter(isIndented: false)
        writer.object {
            $0.field("after", SHA256.hexadecimal(of: after.utf8))
            $0.field("existed", before != nil)
            $0.field("start", start)
            $0.field("end", end)
            $0.field("was", Array(old[start..<(old.count - end)]).withUnsafeBytes(\.hexadecimal))
        }
        writer.endLine()
        do {
            let folder = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try OutputFile.write(writer.bytes, path: file, isPrivate: true)
        } catch {
            StandardError.write(
                "windsock: what the settings were before could not be written down: \(HookText.reason(error))\n")
        }
    }

    func remove() throws(CommandFailure) { if exists { try HookText.remove(file) } }
}
