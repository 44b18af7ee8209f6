import Findings

/// The list of `--list-scanned`: a line for each object that was looked at.
enum ScannedObjectList {
    /// Writes the list of objects to a file.
    static func write(_ objects: [ScannedObject], path: String) throws(CommandFailure) {
        let lines = objects.map { "\($0.id) \($0.kind)\($0.content == .text ? "" : " \($0.content.rawValue)")\n" }
        try OutputFile.write(Array(lines.joined().utf8), path: path)
    }
}
