import Archives
import Bytes
package import Findings
import Platform
package import Scanner

/// Scans a stream that may never end: what is found is told as it comes, and memory stays the same.
package struct StreamScan: ~Copyable {
    /// What a stream came to.
    package struct Summary: Sendable {
        package var byteCount = 0
        /// Of lines that have ended.
        package var lineCount = 0
        /// Secrets that were told, each once.
        package var findings: [Finding] = []
        /// How often one was seen again that had been told.
        package var repeatCount = 0
        /// Secrets that were found when so many others had been that they are only counted.
        package var uncountedFindings = 0
        package var suppression = SuppressionCounts()
        package var problems: [Problem] = []
        /// Whether it was ended from here, and not by whoever writes.
        package var wasStopped = false
    }

    /// How much is looked at together, in bytes.
    private static let window = 1 << 20
    /// How much of what was looked at is looked at again, for what stands around a secret and for secrets of several lines.
    private static let context = 16 << 10
    /// The longest secret that is found where a line does not end.
    private static let margin = 64 << 10
    /// Secrets that are remembered, so that each is told once.
    private static let maximumFindings = 10_000
    /// How long is waited before somebody asks whether to go on, in milliseconds.
    private static let patience: Int32 = 250

    private let scanner: BlobScanner
    private let engine: ScanEngine
    private let settings: ScanSettings
    private let name: String
    private let interruption: Interruption
    private let buffer: UnsafeMutableRawBufferPointer
    /// How much of the buffer is filled, and how much of that was looked at.
    private var count = 0
    private var lookedAt = 0
    /// Lines in front of the buffer.
    private var linesBefore = 0
    /// Whether the first line of the buffer is the rest of one.
    private var beginsWithinLine = false
    private var told: Set<Fingerprint> = []
    private var summary = Summary()

    /// - Parameter name: What reports call the stream.
    package init(engine: ScanEngine, settings: ScanSettings, name: String, interruption: Interruption) {
        self.engine = engine
        self.settings = settings
        self.name = name
        self.interruption = interruption
        var options = BlobScanner.Options()
        options.honorsInlineDirectives = settings.honorsInlineDirectives
        options.computesLineHashes = false
        scanner = BlobScanner(engine: engine, options: options)
        buffer = .allocate(byteCount: Self.window + 2 * Self.margin, alignment: 64)
    }

    deinit { buffer.deallocate() }

    /// Reads to the end of the stream, or until the scan is interrupted.
    ///
    /// - Parameters:
    ///   - descriptor: Of the stream.
    ///   - tell: Takes new findings; false: nobody listens any more.
    package mutating func run(_ descriptor: Int32, tell: ([Finding]) -> Bool) -> Summary {
        var isOpen = true
        while isOpen {
            isOpen = fill(from: descriptor)
            noteFormat()
            let findings = look(isAtEnd: !isOpen)
            if !findings.isEmpty, !tell(findings) {
                summary.wasStopped = true
                break
            }
        }
        return summary
    }

    // MARK: Reading

    /// Reads as much as there is, up to what is looked at together.
    ///
    /// - Returns: Whether there may be more.
    private mutating func fill(from descriptor: Int32) -> Bool {
        let start = count
        while count < buffer.count {
            if interruption.isRequested {
                summary.wasStopped = true
                return false
            }
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // What has come is looked at before more is waited for.
            let isReady = poll(&request, 1, count > start ? 0 : Self.patience)
            if isReady == 0, count > start { return true }
            if isReady == 0 || isReady < 0 && errno == EINTR { continue }
            let received = Platform.read(
                descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            if received < 0, errno == EINTR || errno == EAGAIN { continue }
            if received < 0 {
                summary.problems.append(
                    Problem(SystemError(errno, attempt: "read", subject: name), subject: name, advice: nil))
            }
            if received <= 0 { return false }
            // Zeros would make a binary of what is a log with one byte too many.
            replaceZeros(count..<(count + received))
            count += received
            summary.byteCount += received
        }
        return true
    }

    private func replaceZeros(_ range: Range<Int>) {
        guard let start = buffer.baseAddress else { return }
        var position = range.lowerBound
        while position < range.upperBound, let zero = memchr(start + position, 0, range.upperBound - position) {
            zero.storeBytes(of: .space, as: UInt8.self)
            position = UnsafeRawPointer(zero) - UnsafeRawPointer(start) + 1
        }
    }

    /// What is compressed has to be decompressed by whoever pipes it in: nobody knows where it ends.
    private mutating func noteFormat() {
        guard summary.byteCount == count, count > 0, summary.problems.isEmpty else { return }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        // Zeros are blanks by now, and the marks that have none in them are looked for as in texts.
        let isCompressed = [.gzip, .xz].contains(ContainerFormat(bytes)) || ContainerFormat(bytes, isText: true) != nil
        guard isCompressed else { return }
        summary.problems.append(
            Problem(
                subject: name, message: "is compressed, and its content was not looked at",
                advice: "decompress it in front: zcat log.gz | windsock scan - --follow"))
    }

    // MARK: Looking

    /// Looks at whole lines, or at all there is where a line does not end or nothing more comes.
    private mutating func look(isAtEnd: Bool) -> [Finding] {
        let isFull = count == buffer.count
        guard let end = end(isAtEnd: isAtEnd, isFull: isFull), end > lookedAt else { return [] }
        let isCut = !isAtEnd && buffer[end - 1] != .lineFeed
        let text = UnsafeRawBufferPointer(rebasing: buffer[..<end])
        let result = scanner.scan(text, path: name)
        let findings = result.detections.isEmpty ? [] : self.findings(of: result, in: text, isCut: isCut)
        for region in result.skipped where summary.problems.count < 100 {
            summary.problems.append(region.problem(in: name))
        }
        lookedAt = end
        keep(isCut: isCut)
        return findings
    }

    /// Up to where is looked; `nil`: there is nothing to look at yet.
    private func end(isAtEnd: Bool, isFull: Bool) -> Int? {
        if isAtEnd { return count }
        guard let last = buffer[lookedAt..<count].lastIndex(of: .lineFeed) else { return isFull ? count : nil }
        guard !isFull, let opening = openBlock(lookedAt..<(last + 1)) else { return last + 1 }
        return opening > lookedAt ? opening : nil
    }

    /// The beginning of the line where a private key begins whose end has not come yet.
    private func openBlock(_ range: Range<Int>) -> Int? {
        let tail = max(range.lowerBound, range.upperBound - Self.context)..<range.upperBound
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[tail])
        guard let begin = bytes.last(of: "-----BEGIN "), bytes.last(of: "-----END ").map({ $0 < begin }) ?? true else {
            return nil
        }
        let line = bytes[..<begin].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        return tail.lowerBound + line
    }

    private mutating func findings(
        of result: BlobResult, in text: UnsafeRawBufferPointer, isCut: Bool
    ) -> [Finding] {
        let known = Self.lineCount(text, lookedAt)
        let limit = isCut ? cut(in: text) : nil
        var collector = FindingCollector(rules: engine.rules, key: settings.fingerprintKey)
        for var detection in result.detections {
            let region = detection.region
            // What was looked at before has been told; of a line that is cut the end is looked at again.
            if !beginsWithinLine, region.endLine <= known, lookedAt > 0 { continue }
            if let limit, (region.endLine, region.endColumn) > limit { continue }
            detection.region.startLine += linesBefore
            detection.region.endLine += linesBefore
            collector.add(detection, path: name, origin: .standardInput, history: nil)
        }
        summary.suppression.add(collector.suppressedInline.count, for: .inlineDirective)
        let selected = settings.selection.selected(of: collector.findings(), counting: &summary.suppression)
        return selected.filter { note($0) }
    }

    /// Whether a finding is new.
    private mutating func note(_ finding: Finding) -> Bool {
        if told.contains(finding.fingerprint) {
            summary.repeatCount += 1
            return false
        }
        guard told.count < Self.maximumFindings else {
            summary.uncountedFindings += 1
            return true
        }
        told.insert(finding.fingerprint)
        summary.findings.append(finding)
        return true
    }

    /// Line and column up to which secrets are certain not to go on beyond what has come.
    private func cut(in text: UnsafeRawBufferPointer) -> (Int, Int) {
        let end = max(0, text.count - Self.margin)
        let line = Self.lineCount(text, end)
        let start = text[..<end].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        // In UTF-16 units: each byte that begins a character is one, and those of four bytes are two.
        let units = text[start..<end].reduce(1) { $0 + ($1 & 0xc0 == 0x80 ? 0 : $1 >= 0xf0 ? 2 : 1) }
        return (line + 1, units)
    }

    // MARK: Keeping

    /// Throws away what was looked at, but for the end of it.
    private mutating func keep(isCut: Bool) {
        let kept = isCut ? 2 * Self.margin : Self.context
        var start = max(0, lookedAt - kept)
        var isWithinLine = start > 0
        // A line whose beginning is not there says less than none.
        if start > 0, let end = buffer[start..<lookedAt].firstIndex(of: .lineFeed) {
            start = end + 1
            isWithinLine = false
        } else if start > 0, !isCut {
            start = lookedAt
            isWithinLine = false
        }
        guard start > 0, let base = buffer.baseAddress else {
            summary.lineCount = linesBefore + Self.lineCount(UnsafeRawBufferPointer(buffer), lookedAt)
            return
        }
        linesBefore += Self.lineCount(UnsafeRawBufferPointer(buffer), start)
        memmove(base, base + start, count - start)
        count -= start
        lookedAt -= start
        beginsWithinLine = isWithinLine
        summary.lineCount = linesBefore + Self.lineCount(UnsafeRawBufferPointer(buffer), lookedAt)
    }

    private static func lineCount(_ bytes: UnsafeRawBufferPointer, _ end: Int) -> Int {
        var count = 0
        for index in 0..<end where bytes[index] == .lineFeed { count &+= 1 }
        return count
    }
}

extension UnsafeRawBufferPointer {
    /// Where a text stands for the last time.
    fileprivate func last(of text: StaticString) -> Int? {
        let needle = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard count >= needle.count else { return nil }
        var position = count - needle.count
        while position >= 0 {
            if self[position] == needle[0], self[position..<(position + needle.count)].elementsEqual(needle) {
                return position
            }
            position -= 1
        }
        return nil
    }
}
