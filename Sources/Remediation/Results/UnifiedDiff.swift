import Bytes

/// What changes in a file, as `diff -u` shows it.
package struct UnifiedDiff {
    /// Lines around a change that are shown.
    private static let context = 3

    /// - Parameters:
    ///   - path: What the file is called.
    ///   - old: `nil`: there is no such file yet.
    ///   - shown: What may be shown of a line, which may hold secrets; `isNew`: it is one that is put in.
    /// - Returns: Empty if nothing changes.
    package static func text(
        path: String, _ old: [UInt8]?, _ new: [UInt8], shown: (_ line: String, _ isNew: Bool) -> String
    ) -> String {
        let (before, after) = ((old ?? []).linesWithEnds, new.linesWithEnds)
        let steps = LineDifference(before, after).steps
        guard steps.contains(where: { if case .kept = $0 { false } else { true } }) else { return "" }
        var result = "--- \(old == nil ? "/dev/null" : "a/\(path)")\n+++ b/\(path)\n"
        for hunk in hunks(steps) { result += text(of: hunk, steps, before, after, shown) }
        return result
    }

    private static func hunks(_ steps: [LineDifference.Step]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for (index, step) in steps.enumerated() {
            if case .kept = step { continue }
            let range = max(0, index - context)..<min(steps.count, index + context + 1)
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<range.upperBound
            } else {
                result.append(range)
            }
        }
        return result
    }

    private static func text(
        of hunk: Range<Int>, _ steps: [LineDifference.Step], _ before: [ArraySlice<UInt8>],
        _ after: [ArraySlice<UInt8>],
        _ shown: (String, Bool) -> String
    ) -> String {
        var (oldStart, newStart) = (0, 0)
        for step in steps[..<hunk.lowerBound] {
            switch step {
            case .kept:
                oldStart += 1
                newStart += 1
            case .removed: oldStart += 1
            case .added: newStart += 1
            }
        }
        var (oldCount, newCount) = (0, 0)
        var body = ""
        func add(_ mark: String, _ line: ArraySlice<UInt8>, isNew: Bool) {
            let hasEnd = line.last == .lineFeed
            var content = hasEnd ? line.dropLast() : line
            if content.last == .carriageReturn { content = content.dropLast() }
            body += mark + shown(String(decoding: content, as: UTF8.self), isNew) + "\n"
            if !hasEnd { body += "\\ No newline at end of file\n" }
        }
        for step in steps[hunk] {
            switch step {
            case .kept(let old, _):
                add(" ", before[old], isNew: false)
                oldCount += 1
                newCount += 1
            case .removed(let old):
                add("-", before[old], isNew: false)
                oldCount += 1
            case .added(let new):
                add("+", after[new], isNew: true)
                newCount += 1
            }
        }
        let old = "\(oldCount == 0 ? oldStart : oldStart + 1),\(oldCount)"
        let new = "\(newCount == 0 ? newStart : newStart + 1),\(newCount)"
        return "@@ -\(old) +\(new) @@\n" + body
    }
}
