import Archives
import Documents
import Findings
import Images
import ScanSources
import Scanner

/// Scans the files of a layer, and notes what it takes away.
struct LayerScan: ContainerVisitor {
    var members: MemberScan
    private(set) var names = LayerNames()
    private let interruption: Interruption

    init(scanner: BlobScanner, settings: ScanSettings, interruption: Interruption) {
        // The paths are those of the image: where its archive lies says nothing of them.
        members = MemberScan(scanner: scanner, path: "", exclusions: settings.exclusions)
        self.interruption = interruption
    }

    mutating func meet(_ names: [String], _ kind: ContainerMemberKind) {
        if names.count == 1 { self.names.note(names[0], isFolder: kind == .folder) }
    }

    mutating func leavesOut(_ names: [String]) -> Bool { interruption.isRequested || members.leavesOut(names) }
    mutating func isText(_ beginning: UnsafeRawBufferPointer) -> Bool { members.isText(beginning) }
    mutating func visit(_ text: UnsafeRawBufferPointer, _ names: [String]) { members.visit(text, names) }
    mutating func visit(_ rows: DatabaseText, _ names: [String]) { members.visit(rows, names) }
    mutating func visit(document: UnsafeRawBufferPointer, as format: ContainerFormat, _ names: [String]) {
        members.visit(document: document, as: format, names)
    }
    mutating func visit(whole text: UnsafeRawBufferPointer, _ names: [String]) { members.visit(whole: text, names) }
    mutating func pass(_ beginning: UnsafeRawBufferPointer, _ names: [String]) { members.pass(beginning, names) }
}

/// What a layer holds, without its compression: it has a limit, for a kilobyte can stand for a gigabyte.
private final class LayerContent: ByteStream {
    private let stream: any ByteStream
    private let limit: Int
    private let interruption: Interruption
    private var count = 0
    private var isPadded = false
    private let padding = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 16)

    init(_ stream: any ByteStream, limit: Int, _ interruption: Interruption) {
        self.stream = stream
        self.limit = limit
        self.interruption = interruption
        padding.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { padding.deallocate() }

    func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        if interruption.isRequested { throw ByteStreamFailure("the scan was interrupted") }
        let piece = try stream.next()
        count += piece.count
        guard count <= limit else {
            throw ByteStreamFailure("it holds more than the \(limit) bytes that are read of one of its size")
        }
        if !piece.isEmpty || isPadded { return piece }
        // Some programs leave the last block of an archive as short as it is.
        isPadded = true
        return UnsafeRawBufferPointer(rebasing: padding[..<((512 - count % 512) % 512)])
    }
}

/// A stream that ends with the scan.
private final class InterruptibleStream: ByteStream {
    private let stream: any ByteStream
    private let interruption: Interruption

    init(_ stream: any ByteStream, _ interruption: Interruption) {
        self.stream = stream
        self.interruption = interruption
    }

    func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        if interruption.isRequested { throw ByteStreamFailure("the scan was interrupted") }
        return try stream.next()
    }
}

/// What one layer came to.
struct LayerOutcome {
    var contents: ContainerContents
    var names = LayerNames()
    /// What of it was not read, or is not what it is said to be, in words that follow its name.
    var complaints: [(message: String, advice: String?)] = []
}

/// Reads a layer from its beginning to its end: it is held as a whole nowhere.
struct LayerReading {
    let layer: ImageLayer
    let files: any ImageFiles
    let scanner: BlobScanner
    let settings: ScanSettings
    let interruption: Interruption
    /// What all layers of a scan share.
    let allowance: ByteAllowance

    private static let maximumMembers = 2_000_000
    private static let maximumTime = Duration.seconds(900)
    private static let trust = "do not trust it; pull or export the image again"

    func run() -> LayerOutcome {
        var outcome = LayerOutcome(contents: ContainerContents.none)
        do throws(ByteStreamFailure) {
            let digesting = DigestingStream(InterruptibleStream(try files.stream(of: layer.path), interruption))
            let stream = PeekedStream(digesting, count: ContainerFormat.sampleSize)
            let format = Self.format(stream.beginning)
            try scan(stream, format, &outcome)
            try check(digesting, format, &outcome)
        } catch {
            if !interruption.isRequested {
                let isSaid = outcome.contents.cuts.contains { if case .damaged = $0.reason { true } else { false } }
                if !isSaid { outcome.complaints.append(("could not be read as a whole: \(error.message)", nil)) }
            }
        }
        return outcome
    }

    private static func format(_ beginning: [UInt8]) -> ContainerFormat? {
        // A scanner would undo gzip around a text, too, and say nothing of one that is cut off.
        beginning.withUnsafeBytes {
            ContainerFormat($0) == .gzip ? .gzip : ContainerFormat($0, isText: !BlobScanner.isBinary($0))
        }
    }

    // MARK: Content

    private func scan(
        _ stream: PeekedStream, _ format: ContainerFormat?, _ outcome: inout LayerOutcome
    ) throws(ByteStreamFailure) {
        if layer.mediaType.hasSuffix("+encrypted") {
            outcome.complaints.append(("is encrypted, and was not read", "decrypt the image, and scan that"))
        } else if let format, format == .tar || format.isCompression {
            try walk(stream, format, &outcome)
        } else if stream.beginning.allSatisfy({ $0 == 0 }) {
            // The end of an archive, and nothing in front of it: a layer that changes nothing.
        } else if isSaidToBeArchive, stream.beginning.withUnsafeBytes(BlobScanner.isBinary) {
            outcome.complaints.append(
                (
                    "is compressed in a way that is not known, or is no layer, and was not read",
                    "export the image with gzip or zstd"
                ))
        } else {
            try scanBlob(stream, format, &outcome)
        }
    }

    private var isSaidToBeArchive: Bool {
        layer.mediaType.isEmpty || layer.mediaType.contains("tar") || layer.mediaType.contains("rootfs.diff")
    }

    private func walk(
        _ stream: PeekedStream, _ format: ContainerFormat, _ outcome: inout LayerOutcome
    ) throws(ByteStreamFailure) {
        if let objection = ArchiveLibrary.objection {
            outcome.complaints.append(("was not read: \(objection)", "install it"))
            return
        }
        var limits = ContainerLimits(depth: settings.archives.named, maximumFileSize: settings.maximumFileSize)
        limits.maximumBytes = .max
        limits.maximumMembers = Self.maximumMembers
        limits.maximumTime = Self.maximumTime
        limits.allowance = allowance
        let size = max(layer.size ?? 0, files.size(of: layer.path) ?? 0)
        let (bytes, isOverflow) = size.multipliedReportingOverflow(by: limits.maximumRatio)
        let content = LayerContent(
            format == .tar ? stream : try DecompressedStream(stream),
            limit: isOverflow ? .max : max(limits.free, bytes), interruption)
        let peeked = PeekedStream(content, count: ContainerFormat.sampleSize)
        if peeked.beginning.isEmpty {
            // Nothing comes out of it: the library says so of what is cut off at its beginning as of what is empty.
            outcome.complaints.append(
                ("could not be read as a whole: nothing comes out of its compression", Self.trust))
        }
        guard let inner = Self.format(peeked.beginning), inner == .tar else {
            // An attestation that is compressed, or an archive without a file.
            return try scanBlob(peeked, Self.format(peeked.beginning), &outcome)
        }
        let walk = ContainerWalk(
            peeked, count: size, as: .tar, name: "layer", limits: limits,
            visitor: LayerScan(scanner: scanner, settings: settings, interruption: interruption))
        outcome.contents = walk.visitor.members.contents
        outcome.contents.add(interruption.isRequested ? [] : walk.cuts)
        outcome.names = walk.visitor.names
    }

    /// What is no layer: an attestation, a chart, whatever people keep in registries.
    private func scanBlob(
        _ stream: PeekedStream, _ format: ContainerFormat?, _ outcome: inout LayerOutcome
    ) throws(ByteStreamFailure) {
        var bytes: [UInt8] = []
        while true {
            let piece = try stream.next()
            if piece.isEmpty { break }
            guard bytes.count + piece.count <= settings.maximumFileSize else {
                outcome.complaints.append(
                    ("is larger than \(settings.maximumFileSize) bytes and was not scanned", "raise --max-file-size"))
                return
            }
            bytes += piece
        }
        outcome.contents = bytes.withUnsafeBytes { bytes in
            if let format, ArchiveLibrary.objection == nil {
                return ContainerContents(
                    bytes, as: format, path: "", depth: settings.archives.named, settings: settings, scanner: scanner)
            }
            return ContainerContents(blob: bytes, path: "blob", scanner: scanner)
        }
    }

    // MARK: Digest

    /// Compares what was read with what it is said to be.
    private func check(
        _ stream: DigestingStream, _ format: ContainerFormat?, _ outcome: inout LayerOutcome
    ) throws(ByteStreamFailure) {
        let limit = max(layer.size ?? .max, files.size(of: layer.path) ?? 0)
        let digest = try stream.finish(upTo: limit) { !interruption.isRequested }
        if interruption.isRequested { return }
        if let size = layer.size, size != stream.count {
            let count = digest == nil ? "more" : "\(stream.count)"
            outcome.complaints.append(("is said to have \(size) bytes, and has \(count)", Self.trust))
            return
        }
        // Of what is compressed the digest may be that of its content, which is not worked out.
        guard let stated = layer.digest, layer.isDigestOfStored || format == .tar else { return }
        guard stated.isVerifiable else {
            outcome.complaints.append(("is named by \(stated.algorithm), with which it was not compared", nil))
            return
        }
        if digest != stated {
            outcome.complaints.append(("has other content than its digest says", Self.trust))
        }
    }
}
