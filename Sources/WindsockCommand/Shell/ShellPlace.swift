import FoundationEssentials
import Platform

extension ShellCall.Place {
    /// What `cd` does.
    mutating func enter(_ target: ShellCall.Text, home: String?) {
        let signs: Set<Character> = ["*", "?", "["]
        guard target.isKnown, !target.text.contains(where: signs.contains) else { return lose() }
        let paths = ([target.text] + target.others).map { path($0, home: home) }
        // Where a folder is not there it is still to be made, or the shell stays where it is.
        let before = Self.isFolder(paths[0]) ? [] : [folder] + others
        (folder, others) = (
            paths[0], Array(paths.dropFirst() + before.filter { $0 != paths[0] }.prefix(Self.maximumCount))
        )
        if target.text.hasPrefix("/") || target.text.hasPrefix("~") { isKnown = true }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Where it goes only the shell knows: it may be here, or in one of the repositories that lie here.
    private mutating func lose() {
        isKnown = false
        others += Self.repositories(below: folder)
    }

    /// More are not looked at for a client that waits.
    private static let maximumCount = 32

    private static func repositories(below folder: String) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            // Of a folder that is not there nothing is known.
            return []
        }
        var status = stat()
        return Array(
            names.sorted().lazy.map { "\(folder)/\($0)" }.filter { lstat("\($0)/.git", &status) == 0 }.prefix(
                maximumCount))
    }
}
