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
        cuts = walk.cuts
    }

    fileprivate init() {}
}

/// Scans the texts of a container, one after the other.
private struct MemberScan: ContainerVisitor {
    let scanner: BlobScanner
    let path: String?
    let exclusions: [PathExclusion]
    private(set) var contents = ContainerContents()

    init(scanner: BlobScanner, path: String?, exclusions: [PathExclusion]) {
        self.scanner = scanner
        self.path = path
        self.exclusions = exclusions
    }

    /// As if the container were a folder: what rules and settings say of paths holds in it.
    private func path(of names: [String]) -> String? {
        path.map { ([$0] + names).joined(separator: "/") }
    }

    mutating func leavesOut(_ names: [String]) -> Bool {
        guard !exclusions.isEmpty, let path = path(of: names), exclusions.contains(where: { $0.matches(path) }) else {
            return false
        }
        contents.excludedCount += 1
        return true
    }

    func isText(_ beginning: UnsafeRawBufferPointer) -> Bool { !BlobScanner.isBinary(beginning) }

    mutating func visit(_ text: UnsafeRawBufferPointer, _ names: [String]) {
        let result = scanner.scan(text, path: path(of: names))
        if !result.isBinary {
            contents.textCount += 1
            contents.byteCount += text.count
        }
        note(result, names)
    }

    mutating func pass(_ beginning: UnsafeRawBufferPointer, _ names: [String]) {
        // For rules that find a file by its name, whatever is in it.
        note(scanner.scan(beginning, path: path(of: names)), names)
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
