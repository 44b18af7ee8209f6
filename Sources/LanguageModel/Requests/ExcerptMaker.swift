internal import Bytes
package import Findings
package import Scanner

/// Takes the lines around a secret out of a file, and masks everything in them that may be a secret at any confidence, allowed
/// or not, and what names people and their machines.
///
/// Not `Sendable`: whoever has it asks from one thread.
package final class ExcerptMaker {
    /// One of each set of rules: what any of them finds is masked.
    private let scanners: [BlobScanner]

    /// Lines before and behind a secret, and at the top of the file, where imports are.
    private static let reach = (before: 12, behind: 12, top: 10)
    /// In bytes; what is longer is minified or data.
    private static let longestLine = 400
    /// Of a key over many lines the rest says nothing.
    private static let mostLines = 60

    /// - Parameter engines: Whose rules, names and allow-lists are looked at each for itself: what one of them lets pass is
    ///   masked if another finds it.
    package init(engines: [ScanEngine]) {
        var options = BlobScanner.Options()
        // Whoever allows a secret has not allowed it to be sent away.
        options.honorsInlineDirectives = false
        options.computesLineHashes = false
        scanners = engines.map { [options] in BlobScanner(engine: $0, options: options) }
    }

    /// - Parameters:
    ///   - text: UTF-8, or anything that ASCII is a part of.
    ///   - path: Relative to what is scanned.
    ///   - region: Where the secret stands.
    ///   - secret: That is asked about.
    ///   - others: Where more secrets stand, as somebody has said.
    ///   - hiding: What is masked wherever it stands.
    package func excerpt(
        of text: [UInt8], path: String, around region: Occurrence.Region, secret: Secret,
        others: [Occurrence.Region] = [], hiding: [[UInt8]] = []
    ) -> Excerpt {
        let all = Self.lines(of: text)
        guard region.startLine >= 1, region.startLine <= all.count else { return Excerpt() }
        let numbers = Self.numbers(region, count: all.count)
        let shown = numbers.map { all[$0 - 1] }
        var found: [Range<Int>] = []
        for scanner in scanners {
            guard let ranges = scanner.hiddenRanges(in: text, path: path, shown: shown) else { return Excerpt() }
            found += ranges
        }
        var places = TextPlaces(text)
        let own = [places.range(of: region)] + Self.places(of: secret, in: text)
        var hidden = found.map { Hidden(range: $0, isOwn: own.contains(where: $0.overlaps)) }
        hidden += own.filter { !$0.isEmpty }.map { Hidden(range: $0, isOwn: true) }
        hidden += others.map { Hidden(range: places.range(of: $0), isOwn: false) }
        hidden += hiding.flatMap { TextPlaces.ranges(of: $0, in: text) }.map { Hidden(range: $0, isOwn: false) }
        hidden = Self.united(hidden, in: text)
        hidden += CautiousRanges(text, lines: shown, hidden: hidden.map(\.range)).ranges().map {
            Hidden(range: $0, isOwn: false)
        }
        for line in shown {
            hidden += PersonalDetails.ranges(in: text[line]).map { Hidden(range: $0, isOwn: false) }
        }
        hidden = Self.united(hidden, in: text)
        var excerpt = Excerpt()
        for (number, line) in zip(numbers, shown) { excerpt.lines.append(Self.line(number, line, text, hidden)) }
        let known = Set(hidden.map { Array(text[$0.range]) } + [secret.bytes, secret.value.bytes])
        excerpt.masked = known.filter { $0.count >= AnswerText.shortestSecret }.sorted { $0.count > $1.count }
        withhold(&excerpt, path: path)
        return excerpt
    }

    private struct Hidden {
        var range: Range<Int>
        var isOwn: Bool
    }

    private static func places(of secret: Secret, in text: [UInt8]) -> [Range<Int>] {
        Set([secret.bytes, secret.value.bytes]).flatMap { TextPlaces.ranges(of: $0, in: text) }
    }

    /// Where lines stand, without their ends.
    private static func lines(of text: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: .lineFeed) ?? text.count
            result.append(start..<(end > start && text[end - 1] == .carriageReturn ? end - 1 : end))
            start = end + 1
        }
        return result
    }

    private static func numbers(_ region: Occurrence.Region, count: Int) -> [Int] {
        let last = min(max(region.endLine, region.startLine), region.startLine + mostLines / 2)
        let near = max(1, region.startLine - reach.before)...min(count, max(last, region.startLine) + reach.behind)
        return Set(near).union(1...min(count, reach.top)).sorted()
    }

    /// One for those that overlap, and for those between which stands nothing but a piece of something encoded.
    private static func united(_ all: [Hidden], in text: [UInt8]) -> [Hidden] {
        var result: [Hidden] = []
        for next in all.sorted(by: {
            ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
        })
        where !next.range.isEmpty {
            guard let last = result.last,
                next.range.lowerBound < last.range.upperBound
                    || isPiece(text[last.range.upperBound..<next.range.lowerBound])
            else {
                result.append(next)
                continue
            }
            let end = max(last.range.upperBound, next.range.upperBound)
            result[result.count - 1].range = last.range.lowerBound..<end
            if next.isOwn { result[result.count - 1].isOwn = true }
        }
        return result
    }

    private static func isPiece(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 8 && bytes.allSatisfy { $0.isAlphanumeric || "+/=_-%\\".utf8.contains($0) }
    }

    private static func line(_ number: Int, _ line: Range<Int>, _ text: [UInt8], _ hidden: [Hidden]) -> Excerpt.Line {
        var shown = ""
        var position = line.lowerBound
        for next in hidden where next.range.overlaps(line) {
            let range = next.range.clamped(to: line)
            if range.lowerBound > position {
                shown += String(decoding: text[position..<range.lowerBound], as: UTF8.self)
            }
            shown += next.isOwn ? Excerpt.secret : Excerpt.other
            position = range.upperBound
        }
        if position < line.upperBound { shown += String(decoding: text[position..<line.upperBound], as: UTF8.self) }
        var result = Excerpt.Line(number: number, shown: shown, original: Array(text[line]))
        if shown.utf8.count > longestLine {
            result.shown = String(shown.prefix(longestLine)) + " … (cut)"
            result.isCut = true
        }
        return result
    }

    /// Looks at what is left as a stranger would: what is still found has its lines withheld.
    private func withhold(_ excerpt: inout Excerpt, path: String) {
        for _ in 0..<3 {
            let text = Array(excerpt.lines.map(\.shown).joined(separator: "\n").utf8)
            let found = scanners.flatMap { scanner in
                text.withUnsafeBytes { scanner.scan($0, path: path) }.detections.filter { !$0.secret.isVisible }
            }
            if found.isEmpty { return }
            for detection in found {
                let last = min(detection.region.endLine, excerpt.lines.count)
                for index in detection.region.startLine - 1..<max(last, detection.region.startLine)
                where index < excerpt.lines.count {
                    excerpt.lines[index].shown = Excerpt.withheld
                    excerpt.lines[index].isCut = true
                }
            }
        }
        for index in excerpt.lines.indices {
            excerpt.lines[index].shown = Excerpt.withheld
            excerpt.lines[index].isCut = true
        }
    }
}
