import Bytes
import Findings
import Rules

/// All comments of ours in a text, and which of them have let something pass.
struct AllowComments {
    /// In order of their place.
    private let comments: [AllowComment]
    /// What looks like one and is none, and which may be meant.
    private let misspelt: [(range: Range<Int>, meant: String)]
    /// From each start to its end, with the number of the comment that starts it.
    private var blocks: [(range: Range<Int>, comment: Int)] = []
    /// Starts without an end, and ends without a start, by number.
    private var unpaired: [Int] = []
    private var used: Set<Int> = []
    /// `nil`: that of the clock, which is asked only where a comment ends some day.
    private let givenDay: CalendarDay?

    /// Nobody writes more into a text; each is asked for each secret.
    private static let limit = 4096

    /// - Parameter today: `nil`: what the clock says.
    init(_ text: UnsafeRawBufferPointer, today: CalendarDay?) {
        givenDay = today
        var comments: [AllowComment] = []
        var misspelt: [(range: Range<Int>, meant: String)] = []
        let mark = Array(AllowComment.mark.utf8)
        var index = 0
        while comments.count < Self.limit, let start = text.firstCaseless(mark, in: index..<text.count) {
            index = start + mark.count
            var wordStart = index
            while wordStart < text.count, wordStart - index < 8, text[wordStart] == .space { wordStart += 1 }
            var end = wordStart
            while end < text.count, end - wordStart < 32, text[end].isLetter || text[end] == .hyphen { end += 1 }
            let word = String(decoding: text.slice(wordStart..<end), as: UTF8.self).lowercased()
            if let kind = AllowComment.Kind(rawValue: word) {
                comments.append(AllowComment(kind, from: start, wordEnd: end, in: text))
            } else if let meant = Self.meant(by: word) {
                misspelt.append((start..<end, meant))
            }
        }
        self.comments = comments
        self.misspelt = misspelt
        pair()
    }

    var isEmpty: Bool { comments.isEmpty }

    /// What other scanners call it, and what is nearly right: first what is meant by its words, then what it looks like.
    private static func meant(by word: String) -> String? {
        let parts = word.split(separator: "-", maxSplits: 1).map(String.init)
        guard let verb = parts.first, verbs.contains(verb) else {
            return NearestWord.to(word, in: AllowComment.Kind.allCases.map(\.rawValue))
        }
        let kind: AllowComment.Kind? =
            switch (verb, parts.dropFirst().first) {
            case ("disable", nil): .start
            case ("enable", _): .end
            case (_, nil), (_, "line"), (_, "this-line"), (_, "current-line"), (_, "same-line"), (_, "inline"),
                (_, "here"),
                (_, "this"):
                .line
            case (_, "next-line"), (_, "nextline"), (_, "next"), (_, "line-below"): .nextLine
            case (_, "start"), (_, "begin"), (_, "block"), (_, "region"), (_, "lines"), (_, "on"): .start
            case (_, "end"), (_, "stop"), (_, "off"): .end
            case (_, "file"), (_, "this-file"), (_, "whole-file"), (_, "all"): .file
            default: nil
            }
        return (kind ?? .line).rawValue
    }

    private static let verbs: Set<String> = ["allow", "ignore", "disable", "enable", "skip", "noqa", "nosec"]

    /// An end closes the last start before it. A start without an end is not in force: nobody can see how far it was to
    /// reach.
    private mutating func pair() {
        var open: [Int] = []
        for (number, comment) in comments.enumerated() {
            if comment.kind == .start { open.append(number) }
            guard comment.kind == .end else { continue }
            if let start = open.popLast() {
                blocks.append((comments[start].range.lowerBound..<comment.range.upperBound, start))
            } else {
                unpaired.append(number)
            }
        }
        unpaired += open
    }

    /// What a comment says of a secret.
    struct Answer {
        /// Only for some time: what is let pass today may be a finding tomorrow.
        var expires: Bool
        /// Why, in the comment's words; empty: it does not say.
        var reason = ""
    }

    /// Whether a comment lets a secret pass.
    ///
    /// - Parameters:
    ///   - names: The id of the rule, and those that it had before.
    ///   - range: Where it stands.
    ///   - line: Its line.
    ///   - previous: The line before; `nil`: there is none.
    mutating func answer(
        _ names: [String], _ range: Range<Int>, line: Range<Int>, previous: Range<Int>?
    ) -> Answer? {
        var answer: Answer?
        for number in candidates(range, line: line, previous: previous) {
            guard comments[number].isFor(names), isInForce(comments[number]) else { continue }
            used.insert(number)
            let expires = comments[number].expiry != nil
            let reason = answer.flatMap { $0.reason.isEmpty ? nil : $0.reason } ?? comments[number].reason
            answer = Answer(expires: expires && answer?.expires ?? true, reason: reason)
        }
        return answer
    }

    /// The last day on which a comment has let a secret pass that does not any more; `nil`: there is none.
    func end(_ names: [String], _ range: Range<Int>, line: Range<Int>, previous: Range<Int>?) -> CalendarDay? {
        candidates(range, line: line, previous: previous).compactMap { number in
            let comment = comments[number]
            return comment.isFor(names) && !comment.hasWrongDate && !isInForce(comment) ? comment.expiry : nil
        }.max()
    }

    private func candidates(_ range: Range<Int>, line: Range<Int>, previous: Range<Int>?) -> [Int] {
        if comments.isEmpty { return [] }
        var numbers = numbers(in: line, of: .line)
        if let previous { numbers += self.numbers(in: previous, of: .nextLine) }
        numbers += blocks.lazy.filter { $0.range.contains(range.lowerBound) }.map(\.comment)
        return numbers + comments.indices.filter { comments[$0].kind == .file }
    }

    /// Comments that begin in a line.
    private func numbers(in line: Range<Int>, of kind: AllowComment.Kind) -> [Int] {
        var number = comments.partitionPoint { $0.range.lowerBound < line.lowerBound }
        var result: [Int] = []
        while number < comments.count, comments[number].range.lowerBound < line.upperBound {
            if comments[number].kind == kind { result.append(number) }
            number += 1
        }
        return result
    }

    private func isInForce(_ comment: AllowComment) -> Bool {
        if comment.hasWrongDate { return false }
        guard let expiry = comment.expiry else { return true }
        return givenDay ?? .today <= expiry
    }

    // MARK: Complaints

    /// What is wrong with them, once all secrets of the text were asked about.
    ///
    /// - Parameter ids: Of all rules, those that they had before included.
    func complaints(knowing ids: Set<String>) -> [(range: Range<Int>, sentence: String)] {
        var result = misspelt.map { range, meant in
            (range: range, sentence: "this is no comment of windsock's; did you mean \(AllowComment.mark)\(meant)?")
        }
        for (number, comment) in comments.enumerated() {
            for sentence in complaints(about: comment, number, knowing: ids) {
                result.append((comment.range, sentence))
            }
        }
        return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func complaints(about comment: AllowComment, _ number: Int, knowing ids: Set<String>) -> [String] {
        let name = "\(AllowComment.mark)\(comment.kind.rawValue)"
        if unpaired.contains(number) {
            let other = comment.kind == .start ? AllowComment.Kind.end : .start
            return ["\(name) has no \(AllowComment.mark)\(other.rawValue), and lets nothing pass"]
        }
        if comment.kind == .end { return [] }
        if comment.hasWrongDate { return ["\(name) lets nothing pass: write the day as until=2026-03-01"] }
        if let expiry = comment.expiry, !isInForce(comment) {
            return ["\(name) is no longer in force: it ended with \(expiry)"]
        }
        let unknown = comment.ruleIDs.filter { wanted in !ids.contains { AllowComment.matches($0, wanted) } }
        let sentences = unknown.map { wanted in
            let meant = NearestWord.to(wanted, in: ids).map { "; did you mean \($0)?" } ?? ""
            return "\(name) names a rule that there is not\(meant)"
        }
        if !sentences.isEmpty || used.contains(number) { return sentences }
        return ["\(name) lets nothing pass: no secret that it speaks for is found"]
    }
}
