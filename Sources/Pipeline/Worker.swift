import Archives
import Findings
import ScanSources
import Scanner
import Synchronization

/// Reads and scans items of a plan until none is left. One a thread.
struct Worker {
    private let reader: any BlobReader
    let scanner: BlobScanner
    let settings: ScanSettings
    var tally = WorkerTally()

    /// Items taken at once: neighbours share delta bases in a pack and folders in a tree.
    static let batchSize = 64

    init(reader: any BlobReader, engine: ScanEngine, settings: ScanSettings) {
        self.reader = reader
        self.settings = settings
        var options = BlobScanner.Options()
        options.honorsInlineDirectives = settings.honorsInlineDirectives
        options.computesLineHashes = settings.computesLineHashes
        options.explains = settings.explains
        options.reviewsComments = settings.reviewsComments
        options.maximumInflatedSize = settings.maximumFileSize
        scanner = BlobScanner(engine: engine, options: options)
    }

    /// Scans one item, under its own path or another.
    mutating func scan(_ item: ScanItem, index: Int, path: String?) -> Int {
        var byteCount = 0
        do throws(ReadFailure) {
            var seen = try reader.read(
                item, maximumSize: settings.maximumFileSize,
                returning: { bytes in
                    byteCount = bytes.count
                    return look(at: bytes, of: item, path: path)
                })
            if let lines = reader.lines(of: item) { tally.unchangedCount += seen.result.move(to: lines) }
            note(seen, of: item, index: index, byteCount: byteCount, path: path)
            if let problem = item.problem(byteCount: byteCount) { tally.problems.append((index, problem)) }
        } catch {
            switch error {
            case .omitted(let omission): note(omission, of: item, index: index)
            case .problem(let problem): tally.problems.append((index, problem))
            }
        }
        return byteCount
    }

    /// Scans the content of an item, under its own path or another.
    ///
    /// - Parameter places: Where only there may be something; `nil`: anywhere.
    mutating func scan(
        _ bytes: UnsafeRawBufferPointer, of item: ScanItem, index: Int, path: String?,
        near places: PlacesOfInterest? = nil
    ) {
        let look = look(at: bytes, of: item, path: path, near: places)
        note(look, of: item, index: index, byteCount: bytes.count, path: path)
    }

    /// Notes what is known of a packed blob whose path is not.
    mutating func note(_ traits: BlobTraits, index: Int, byteCount: Int) {
        noteRead(index, as: traits.verdict == .binary ? .binary : .text)
        if traits.verdict == .binary {
            tally.binary.append(index)
            return
        }
        tally.blobsScanned += 1
        tally.bytesScanned += byteCount
        if traits.verdict == .clean {
            tally.clean.append(index)
        } else {
            tally.suspects.append(Suspect(item: index, places: traits.places))
        }
    }

    mutating func noteRead(_ index: Int, as content: ScannedObject.Content) {
        if settings.listsObjects { tally.read.append((index, content)) }
    }

    /// Notes that a packed object was read on its own.
    mutating func noteReadSingly() { tally.readSingly += 1 }

    /// Notes what was found in a blob that is no container.
    mutating func note(_ result: BlobResult, of item: ScanItem, index: Int, byteCount: Int, path: String?) {
        noteRead(index, as: result.isBinary ? .binary : .text)
        if !result.detections.isEmpty {
            tally.outcomes.append(ItemOutcome(item: index, detections: result.detections))
        }
        if result.isBinary {
            tally.binary.append(index)
            return
        }
        count(1, of: item, byteCount: byteCount)
        if result.isClean { tally.clean.append(index) }
        noteDetails(result, of: item, index: index, path: path)
    }

    /// Counts texts of an item.
    mutating func count(_ texts: Int, of item: ScanItem, byteCount: Int) {
        switch item.origin {
        case .file, .standardInput, .address: tally.filesScanned += texts
        case .index, .blob: tally.blobsScanned += texts
        case .commitMessage, .tagMessage, .referenceNames: break
        }
        tally.bytesScanned += byteCount
    }

    /// Notes what there is to say of a text besides its detections.
    ///
    /// - Parameters:
    ///   - members: As in `Detection.members`.
    ///   - path: Under which it was scanned.
    mutating func noteDetails(
        _ result: BlobResult, of item: ScanItem, index: Int, members: [String] = [], path: String? = nil
    ) {
        if !result.explanations.isEmpty || !result.unmatched.isEmpty {
            tally.explanations.append(
                ItemExplanation(
                    item: index, members: members, places: result.explanations, unmatched: result.unmatched))
        }
        tally.complaints += result.complaints.map { (index, members, $0) }
        tally.silenced += result.silenced.map { (index, $0) }
        let subject = item.subject(of: members, path: path)
        if let unread = result.unread {
            tally.problems.append(
                (index, Problem(subject: subject, message: unread, advice: "raise --max-file-size").lasting()))
        }
        for region in result.skipped { tally.problems.append((index, region.problem(in: subject))) }
    }

    private mutating func note(_ omission: Omission, of item: ScanItem, index: Int) {
        guard omission.reason == .tooLarge else {
            if item.isNamed, let problem = omission.problemIfNamed { tally.problems.append((index, problem)) }
            if omission.reason == .largeFilePointer { noteRead(index, as: .pointer) }
            tally.omissions.append(omission)
            return
        }
        let beginning = beginning(of: item) ?? []
        beginning.withUnsafeBytes { noteTooLarge(item, index: index, beginning: $0) }
    }

    /// A text that is too large was asked for and not read, and so was a container; another binary would not have been read anyway.
    ///
    /// - Parameter beginning: Empty where it is not to be had.
    mutating func noteTooLarge(_ item: ScanItem, index: Int, beginning: UnsafeRawBufferPointer) {
        guard !beginning.isEmpty, BlobScanner.isBinary(beginning) else {
            tally.problems.append((index, .tooLarge(item.subject, maximumSize: settings.maximumFileSize)))
            return
        }
        noteRead(index, as: .binary)
        let format = ContainerFormat(beginning)
        if let format, format.isExpectedToBeRead, opensContainers(of: item),
            format.isDocument || ArchiveLibrary.objection == nil
        {
            tally.problems.append((index, .tooLarge(item.subject, maximumSize: settings.maximumFileSize)))
            return
        }
        tally.omissions.append(Omission(reason: .tooLarge, subject: item.subject))
        if let format, format.isExpectedToBeRead, item.isNamed {
            tally.problems.append((index, item.problem(unopened: format, nil)))
        }
    }

    private func beginning(of item: ScanItem) -> [UInt8]? {
        do throws(ReadFailure) {
            return try reader.beginning(of: item)
        } catch {
            return nil
        }
    }
}
