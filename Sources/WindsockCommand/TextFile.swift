import Findings
import FoundationEssentials

/// Reads the small text files that the user names: configurations, rules, baselines.
enum TextFile {
    /// - Parameter purpose: What the file is for, for the message: `the baseline`.
    static func read(_ path: String, purpose: String) throws(CommandFailure) -> String {
        do {
            return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8).withoutByteOrderMark
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            throw CommandFailure("could not read \(purpose) \(path): there is no such file")
        } catch {
            throw CommandFailure("could not read \(purpose) \(path): it is not a readable file of UTF-8 text")
        }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
