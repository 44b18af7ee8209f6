import Archives
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
        let known = Set(members.flatMap(\.result.detections).map(\.secret.value))
        var result = result
        result.detections.removeAll { known.contains($0.secret.value) }
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

    /// Scans the text of a PDF document.
    ///
    /// - Parameter program: What gets at it.
    init(document: UnsafeRawBufferPointer, path: String?, scanner: BlobScanner, program: String) {
        var scan = MemberScan(scanner: scanner, path: path, exclusions: [])
        scan.visit(document: document, [], program)
        self = scan.contents
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
        !BlobScanner.isBinary(beginning) || PDFText.isPDF(beginning) && PDFText.program != nil
            || ProgramText.isProgram(beginning)
    }

    mutating func visit(_ text: UnsafeRawBufferPointer, _ names: [String]) {
        if PDFText.isPDF(text), let program = PDFText.program {
            visit(document: text, names, program)
            if BlobScanner.isBinary(text) { return }
        }
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

    mutating func visit(document: UnsafeRawBufferPointer, _ names: [String], _ program: String) {
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

    private mutating func count(_ bytes: Int) {
        contents.textCount += 1
        contents.byteCount += bytes
    }

    private mutating func note(_ result: BlobResult, _ names: [String]) {
        if result.isBinary && result.detections.isEmpty || result.isSilent { return }
        var result = result
        for index in result.detections.indices { result.detections[index].members = names }
        contents.members.append(ContainerContents.Member(names: names, result: result))
    }
}

extension BlobResult {
    /// Whether there is nothing to say of it.
    fileprivate var isSilent: Bool { isClean && explanations.isEmpty && unmatched.isEmpty && complaints.isEmpty }
}
