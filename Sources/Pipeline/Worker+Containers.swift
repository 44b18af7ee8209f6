import Archives
import Findings
import ScanSources
import Scanner

extension Worker {
    /// What one look at a blob has shown.
    struct Look {
        /// Of the blob itself.
        var result: BlobResult
        var container: Container?

        enum Container {
            case opened(ContainerContents)
            /// - Parameter objection: Why none can be opened; `nil`: none is to be.
            case unopened(ContainerFormat, objection: String?)
        }
    }

    /// Scans a blob, and its members if it is a container.
    func look(
        at bytes: UnsafeRawBufferPointer, of item: ScanItem, path: String?, near places: PlacesOfInterest? = nil
    ) -> Look {
        var look = Look(result: scanner.scan(bytes, path: path, near: places))
        let opens = opensContainers(of: item)
        if opens, look.result.isBinary, ProgramText.isProgram(bytes) {
            var contents = ContainerContents(program: bytes, path: path, scanner: scanner)
            contents.add(look.result)
            look.container = .opened(contents)
            look.result = BlobResult(isBinary: true)
            return look
        }
        // One that is not to be opened is asked for where the user named it, and else is any binary file.
        guard opens || item.isNamed && look.result.isBinary,
            let format = ContainerFormat(bytes, isText: !look.result.isBinary),
            opens || format.isExpectedToBeRead
        else { return look }
        look.container = opens ? open(bytes, as: format, of: item, path: path) : .unopened(format, objection: nil)
        if case .opened(var contents)? = look.container {
            // Of a text that is a document all was looked at; what was seen of another by its name alone counts.
            if format.isDocument, format != .mail { contents.add(look.result) }
            look.container = .opened(contents)
            if format.isDocument || !look.result.isBinary { look.result = BlobResult(isBinary: true) }
        }
        return look
    }

    func opensContainers(of item: ScanItem) -> Bool { settings.archives.depth(for: item) > 0 }

    /// Whether there may be more to see in a blob than its text.
    private static func isOpened(_ bytes: UnsafeRawBufferPointer, isBinary: Bool) -> Bool {
        ContainerFormat(bytes, isText: !isBinary) != nil || isBinary && ProgramText.isProgram(bytes)
    }

    private func open(
        _ bytes: UnsafeRawBufferPointer, as format: ContainerFormat, of item: ScanItem, path: String?
    ) -> Look.Container {
        if !format.isDocument, let objection = ArchiveLibrary.objection {
            return .unopened(format, objection: objection)
        }
        return .opened(
            ContainerContents(
                bytes, as: format, path: path, depth: settings.archives.depth(for: item), settings: settings,
                scanner: scanner))
    }

    /// Notes what was found in a blob.
    ///
    /// - Parameter path: Under which it was scanned.
    mutating func note(_ look: Look, of item: ScanItem, index: Int, byteCount: Int, path: String?) {
        switch look.container {
        case nil: note(look.result, of: item, index: index, byteCount: byteCount, path: path)
        case .opened(let contents):
            note(contents, besides: look.result.detections, of: item, index: index, path: path)
        case .unopened(let format, let objection):
            if item.isNamed { tally.problems.append((index, item.problem(unopened: format, objection))) }
            if objection == nil || !look.result.isBinary {
                note(look.result, of: item, index: index, byteCount: byteCount, path: path)
                return
            }
            // No binary, of which a history's cache would have nothing to ask again.
            noteRead(index, as: .binary)
            if !look.result.detections.isEmpty {
                tally.outcomes.append(ItemOutcome(item: index, detections: look.result.detections))
            }
            tally.omissions.append(Omission(reason: .archive, subject: item.subject))
        }
    }

    private mutating func note(
        _ contents: ContainerContents, besides detections: [Detection], of item: ScanItem, index: Int, path: String?
    ) {
        noteRead(index, as: contents.textCount > 0 ? .text : .binary)
        let detections = detections + contents.members.flatMap(\.result.detections)
        if !detections.isEmpty { tally.outcomes.append(ItemOutcome(item: index, detections: detections)) }
        for member in contents.members {
            noteDetails(member.result, of: item, index: index, members: member.names, path: path)
        }
        tally.problems += contents.cuts.map { (index, item.problem($0, path: path)) }
        tally.omissions += repeatElement(
            Omission(reason: .excluded, subject: item.subject), count: contents.excludedCount)
        noteCoverage(contents, of: item, index: index, isClean: detections.isEmpty && contents.isClean)
    }

    private mutating func noteCoverage(_ contents: ContainerContents, of item: ScanItem, index: Int, isClean: Bool) {
        count(contents.textCount, of: item, byteCount: contents.byteCount)
        if contents.textCount == 0, contents.cuts.isEmpty {
            tally.binary.append(index)
        } else if isClean {
            tally.clean.append(index)
        }
    }

    /// Notes what is known of a packed blob whose path is not, if it is a container: one in which there is something, or that was not
    /// read as a whole, is opened again under its path.
    ///
    /// - Returns: Whether it is a container that is to be opened.
    mutating func noteContainer(
        _ bytes: UnsafeRawBufferPointer, isBinary: Bool, of item: ScanItem, index: Int
    ) -> Bool {
        guard opensContainers(of: item), Self.isOpened(bytes, isBinary: isBinary) else { return false }
        let look = look(at: bytes, of: item, path: nil)
        switch look.container {
        case nil: return false
        case .unopened:
            if !isBinary { return false }
            noteRead(index, as: .binary)
            tally.omissions.append(Omission(reason: .archive, subject: item.subject))
        case .opened(let contents):
            noteRead(index, as: contents.textCount > 0 ? .text : .binary)
            if contents.isClean, look.result.detections.isEmpty {
                noteCoverage(contents, of: item, index: index, isClean: true)
            } else {
                count(contents.textCount, of: item, byteCount: contents.byteCount)
                tally.suspects.append(Suspect(item: index, places: nil))
            }
        }
        return true
    }
}
