import Bytes

/// What changes in a file, as `diff -u` shows it.
package struct UnifiedDiff {
    /// Lines around a change that are shown.
    private static let context = 3

    /// - Parameters:
    ///   - path: What the file is called.
    ///   - old: `nil`: there is no such file yet.
    ///   - shown: What may be shown of lines, which may hold secrets; they are numbered from 0, in the text before or, with
    ///     `isNew`, in the one afterwards.
    /// - Returns: Empty if nothing changes.
    package static func text(
        path: String, _ old: [UInt8]?, _ new: [UInt8], shown: (_ lines: [Int], _ isNew: Bool) -> [String]
    ) -> String {
        let (before, after) = ((old ?? []).linesWithEnds, new.linesWithEnds)
        let steps = LineDifference(before, after).steps
        guard steps.contains(where: { if case .kept = $0 { false } else { true } }) else { return "" }
        var result = "--- \(old == nil ? "/dev/null" : "a/\(path)")\n+++ b/\(path)\n"
        let hunks = hunks(steps)
        let lines = ShownSteps(hunks.flatMap { steps[$0] }, shown)
        for hunk in hunks { result += text(of: hunk, steps, before, after, lines) }
        return result
    }

    /// What is shown of the lines of hunks.
    private struct ShownSteps {
        private var old: [Int: String] = [:]
        private var new: [Int: String] = [:]

        init(_ steps: [LineDifference.Step], _ shown: ([Int], Bool) -> [String]) {
            var (before, after): ([Int], [Int]) = ([], [])
            for step in steps {
                switch step {
                case .kept(let line, _), .removed(let line): before.append(line)
                case .added(let line): after.append(line)
                }
            }
            for (line, text) in zip(before, shown(before, false)) { old[line] = text }
            for (line, text) in zip(after, shown(after, true)) { new[line] = text }
        }

        func text(_ line: Int, isNew: Bool) -> String { (isNew ? new : old)[line] ?? "" }
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
        _ shown: ShownSteps
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
        func add(_ mark: String, _ line: ArraySlice<UInt8>, _ number: Int, isNew: Bool) {
            body += mark + shown.text(number, isNew: isNew) + "\n"
            if line.last != .lineFeed { body += "\\ No newline at end of file\n" }
        }
        for step in steps[hunk] {
            switch step {
            case .kept(let old, _):
                add(" ", before[old], old, isNew: false)
                oldCount += 1
                newCount += 1
            case .removed(let old):
                add("-", before[old], old, isNew: false)
                oldCount += 1
            case .added(let new):
                add("+", after[new], new, isNew: true)
                newCount += 1
            }
        }
        let old = "\(oldCount == 0 ? oldStart : oldStart + 1),\(oldCount)"
        let new = "\(newCount == 0 ? newStart : newStart + 1),\(newCount)"
        return "@@ -\(old) +\(new) @@\n" + body
    }
}
