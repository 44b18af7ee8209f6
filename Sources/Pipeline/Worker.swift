import Findings
import ScanSources
import Scanner
import Synchronization

/// Reads and scans items of a plan until none is left. One a thread.
struct Worker {
    private let reader: any BlobReader
    private let scanner: BlobScanner
    private let settings: ScanSettings
    private(set) var tally = WorkerTally()

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
        var archive: ArchiveFormat?
        do throws(ReadFailure) {
            var result = try reader.read(
                item, maximumSize: settings.maximumFileSize,
                returning: { bytes in
                    byteCount = bytes.count
                    if item.isNamed { archive = ArchiveFormat(bytes) }
                    return scanner.scan(bytes, path: path)
                })
            if let lines = reader.lines(of: item) { tally.unchangedCount += result.move(to: lines) }
            note(result, of: item, index: index, byteCount: byteCount)
            if let problem = item.problem(result, archive, byteCount: byteCount) {
                tally.problems.append((index, problem))
            }
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
        note(scanner.scan(bytes, path: path, near: places), of: item, index: index, byteCount: bytes.count)
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

    private mutating func noteRead(_ index: Int, as content: ScannedObject.Content) {
        if settings.listsObjects { tally.read.append((index, content)) }
    }

    /// Notes that a packed object was read on its own.
    mutating func noteReadSingly() { tally.readSingly += 1 }

    private mutating func note(_ result: BlobResult, of item: ScanItem, index: Int, byteCount: Int) {
        noteRead(index, as: result.isBinary ? .binary : .text)
        if !result.detections.isEmpty {
            tally.outcomes.append(ItemOutcome(item: index, detections: result.detections))
        }
        if result.isBinary {
            tally.binary.append(index)
            return
        }
        switch item.origin {
        case .file, .standardInput: tally.filesScanned += 1
        case .index, .blob: tally.blobsScanned += 1
        case .commitMessage, .tagMessage, .referenceNames: break
        }
        tally.bytesScanned += byteCount
        if result.isClean { tally.clean.append(index) }
        if !result.explanations.isEmpty || !result.unmatched.isEmpty {
            tally.explanations.append(
                ItemExplanation(item: index, places: result.explanations, unmatched: result.unmatched))
        }
        tally.complaints += result.complaints.map { (index, $0) }
        tally.silenced += result.silenced.map { (index, $0) }
        if let unread = result.unread {
            let problem = Problem(subject: item.subject, message: unread, advice: "raise --max-file-size")
            tally.problems.append((index, problem))
        }
        for region in result.skipped {
            tally.problems.append((index, region.problem(in: item.subject)))
        }
    }

    private mutating func note(_ omission: Omission, of item: ScanItem, index: Int) {
        guard omission.reason == .tooLarge else {
            if item.isNamed, let problem = omission.problemIfNamed { tally.problems.append((index, problem)) }
            if omission.reason == .largeFilePointer { noteRead(index, as: .pointer) }
            tally.omissions.append(omission)
            return
        }
        noteTooLarge(item, index: index, isBinary: isBinary(item))
    }

    /// A text that is too large was asked for and not read; a binary would not have been read anyway.
    mutating func noteTooLarge(_ item: ScanItem, index: Int, isBinary: Bool) {
        if isBinary {
            noteRead(index, as: .binary)
            tally.omissions.append(Omission(reason: .tooLarge, subject: item.subject))
            if item.isNamed, let problem = archiveProblem(item) { tally.problems.append((index, problem)) }
            return
        }
        tally.problems.append((index, .tooLarge(item.subject, maximumSize: settings.maximumFileSize)))
    }

    private func isBinary(_ item: ScanItem) -> Bool {
        beginning(of: item)?.withUnsafeBytes { BlobScanner.isBinary($0) } ?? false
    }

    private func archiveProblem(_ item: ScanItem) -> Problem? {
        guard let archive = beginning(of: item)?.withUnsafeBytes({ ArchiveFormat($0) }) else { return nil }
        return item.problem(BlobResult(isBinary: true), archive, byteCount: item.size ?? 1)
    }

    private func beginning(of item: ScanItem) -> [UInt8]? {
        do throws(ReadFailure) {
            return try reader.beginning(of: item)
        } catch {
            return nil
        }
    }
}
