import Archives
import Documents
import Findings
import Scanner

/// What was found in a container.
struct ContainerContents {
    /// A member of which there is something to say.
    struct Member {
        /// As in `ContainerCut.names`.
        var names: [String]
        var result: BlobResult
    }

    fileprivate(set) var members: [Member] = []
    fileprivate(set) var cuts: [ContainerCut] = []
    fileprivate(set) var textCount = 0
    /// Of texts.
    fileprivate(set) var byteCount = 0
    /// Members that settings leave out.
    fileprivate(set) var excludedCount = 0

    /// Nothing.
    static let none = ContainerContents()

    /// Scans one text, or what else is no container.
    init(blob: UnsafeRawBufferPointer, path: String?, scanner: BlobScanner) {
        var scan = MemberScan(scanner: scanner, path: path, exclusions: [])
        scan.visit(blob, [])
        self = scan.contents
    }

    /// Scans what can be read in a compiled program.
    init(program: UnsafeRawBufferPointer, path: String?, scanner: BlobScanner) {
        var scan = MemberScan(scanner: scanner, path: path, exclusions: [])
        scan.visit(program: program, [])
        self = scan.contents
    }

    /// Adds what was found in the container itself, secrets that are known aside.
    mutating func add(_ result: BlobResult) {
        if result.isBinary && result.detections.isEmpty || result.isSilent { return }
        var result = result
        result.leaveOut(secrets(in: []))
        members.append(Member(names: [], result: result))
    }

    /// Whether all of it was read, and nothing found.
    var isClean: Bool { members.isEmpty && cuts.isEmpty }

    /// Opens a container and scans the texts in it.
    ///
    /// - Parameter path: The container's; `nil` if it is not known.
    init(
        _ bytes: UnsafeRawBufferPointer, as format: ContainerFormat, path: String?, depth: Int, settings: ScanSettings,
        scanner: BlobScanner
    ) {
        let walk = ContainerWalk(
            bytes, as: format, name: path,
            limits: ContainerLimits(depth: depth, maximumFileSize: settings.maximumFileSize),
            visitor: MemberScan(scanner: scanner, path: path, exclusions: settings.exclusions))
        self = walk.visitor.contents
        cuts += walk.cuts
    }

    fileprivate init() {}

    /// Puts all of it into a container.
    ///
    /// - Parameter names: The container's, each outer one's in front of it.
    mutating func move(into names: [String]) {
        for index in members.indices {
            members[index].names = names + members[index].names
            for detection in members[index].result.detections.indices {
                members[index].result.detections[detection].members = members[index].names
            }
        }
        for index in cuts.indices { cuts[index].names = names + cuts[index].names }
    }

    /// Notes what was not read.
    mutating func add(_ more: [ContainerCut]) { cuts += more }
}

/// Scans the texts of a container, one after the other.
struct MemberScan: ContainerVisitor {
    let scanner: BlobScanner
    let path: String?
    let exclusions: [PathExclusion]
    fileprivate(set) var contents = ContainerContents()
    /// The database whose rows came last.
    private var database: [String]?

    init(scanner: BlobScanner, path: String?, exclusions: [PathExclusion]) {
        self.scanner = scanner
        self.path = path
        self.exclusions = exclusions
    }

    /// As if the container were a folder: what rules and settings say of paths holds in it.
    private func path(of names: [String]) -> String? {
        path.map { ($0.isEmpty ? names : [$0] + names).joined(separator: "/") }
    }

    mutating func leavesOut(_ names: [String]) -> Bool {
        guard !exclusions.isEmpty, let path = path(of: names), exclusions.contains(where: { $0.matches(path) }) else {
            return false
        }
        contents.excludedCount += 1
        return true
    }

    func isText(_ beginning: UnsafeRawBufferPointer) -> Bool {
        !BlobScanner.isBinary(beginning) || ProgramText.isProgram(beginning)
    }

    mutating func visit(_ text: UnsafeRawBufferPointer, _ names: [String]) {
        let path = path(of: names)
        var result = scanner.scan(text, path: path)
        if result.isBinary, ProgramText.isProgram(text) { visit(program: text, names) }
        if !result.isBinary { count(text.count) }
        if OfficeText.isPart(text) {
            // It is no XML any more.
            let name = path.map { $0.hasSuffix(".xml") ? String($0.dropLast(4)) : $0 }
            var whole = OfficeText.text(text).withUnsafeBytes { scanner.scan($0, path: name) }
            whole.noteDecoding(by: "document")
            whole.add(result)
            result = whole
        }
        note(result, names)
    }

    mutating func visit(program: UnsafeRawBufferPointer, _ names: [String]) {
        var result = ProgramText.text(of: program).withUnsafeBytes { scanner.scan($0, path: path(of: names)) }
        for index in result.detections.indices where !scanner.rules[result.detections[index].ruleIndex].isOfForm {
            result.detections[index].confidence = .low
        }
        // Without a find it is a binary file like any other.
        if result.detections.isEmpty, result.explanations.isEmpty { return }
        count(0)
        result.noteDecoding(by: "program")
        result.moveIntoFile()
        note(result, names)
    }

    mutating func pass(_ beginning: UnsafeRawBufferPointer, _ names: [String]) {
        // For rules that find a file by its name, whatever is in it.
        note(scanner.scan(beginning, path: path(of: names)), names)
    }

    fileprivate mutating func count(_ bytes: Int, isNew: Bool = true) {
        if isNew { contents.textCount += 1 }
        contents.byteCount += bytes
    }

    fileprivate mutating func note(_ result: BlobResult, _ names: [String]) {
        if result.isBinary && result.detections.isEmpty || result.isSilent { return }
        var result = result
        for index in result.detections.indices where result.detections[index].members.isEmpty {
            result.detections[index].members = names
        }
        contents.members.append(ContainerContents.Member(names: names, result: result))
    }
}

/// Documents.
extension MemberScan {
    mutating func visit(_ rows: DatabaseText, _ names: [String]) {
        // As if the table were a file in a folder: whose a key is, its name may say.
        let path = path(of: names)
        var result = rows.bytes.withUnsafeBytes { scanner.scan($0, path: path) }
        // A database is a text, however many tables it has.
        count(rows.bytes.count, isNew: database != names)
        database = names
        for index in result.detections.indices {
            let place = rows.place(ofLine: result.detections[index].region.startLine)
            result.detections[index].region.move(toLine: place.line)
            result.detections[index].members = names + [place.name]
        }
        result.noteDecoding(by: "sqlite")
        note(result, names)
    }

    mutating func visit(document: UnsafeRawBufferPointer, as format: ContainerFormat, _ names: [String]) {
        switch format {
        case .pdf:
            if let program = PDFText.program { visit(pages: document, names, program) }
            visit(words: PDFParts(document).text, of: "pdf", names)
        case .image: visit(words: ImageText.text(of: document), of: "image", names)
        default: break
        }
    }

    private mutating func visit(pages document: UnsafeRawBufferPointer, _ names: [String], _ program: String) {
        switch PDFText.text(of: document, by: program) {
        case .failed(let words): contents.cuts.append(ContainerCut(reason: .unreadable(words), names: names))
        case .text(let text):
            var result = text.withUnsafeBytes { scanner.scan($0, path: path(of: names)) }
            if !result.isBinary { count(text.count) }
            result.noteDecoding(by: "pdf")
            result.moveIntoFile()
            note(result, names)
        }
    }

    /// What a document says beside what it shows.
    private mutating func visit(words: [UInt8], of decoder: String, _ names: [String]) {
        if words.isEmpty { return }
        var result = words.withUnsafeBytes { scanner.scan($0, path: path(of: names)) }
        result.leaveOut(contents.secrets(in: names))
        // Without a find it is a binary file like any other.
        if result.isBinary || result.isClean && result.explanations.isEmpty { return }
        count(0)
        result.noteDecoding(by: decoder)
        result.moveIntoFile()
        note(result, names)
    }

    mutating func visit(whole text: UnsafeRawBufferPointer, _ names: [String]) {
        var result = scanner.scan(text, path: path(of: names))
        if !result.isBinary { count(text.count) }
        result.leaveOut(contents.secrets(in: names))
        note(result, names)
    }
}

extension ContainerContents {
    /// What was found in a member and in all that is in it.
    fileprivate func secrets(in names: [String]) -> Set<Secret> {
        Set(members.lazy.filter { $0.names.starts(with: names) }.flatMap(\.result.detections).map(\.secret.value))
    }
}

extension BlobResult {
    fileprivate mutating func leaveOut(_ known: Set<Secret>) {
        if !known.isEmpty { detections.removeAll { known.contains($0.secret.value) } }
    }

    /// Whether there is nothing to say of it.
    fileprivate var isSilent: Bool { isClean && explanations.isEmpty && unmatched.isEmpty && complaints.isEmpty }
}

extension Occurrence.Region {
    fileprivate mutating func move(toLine line: Int) {
        endLine += line - startLine
        startLine = line
    }
}
