import Archives
import Bytes
import Documents

/// What libFuzzer calls: a file of somebody else's. Whatever it is, nothing may crash, and nothing of it is read without end.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Of its exact size, for the address sanitizer.
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    if bytes.isEmpty { return 0 }
    for isText in [false, true] {
        guard let format = ContainerFormat(bytes, isText: isText) else { continue }
        open(bytes, as: format)
    }
    if let reader = DatabaseReader(bytes) { checkDatabase(reader, count) }
    checkMail(bytes)
    let words = ImageText.text(of: bytes)
    precondition(words.isEmpty || ImageText.isImage(bytes), "says words of what is no picture")
    if PDFParts.isPDF(bytes) { _ = PDFParts(bytes).text }
    if OfficeText.isPart(bytes) { precondition(OfficeText.text(bytes).count <= 4 * count) }
    // A letter in four bytes has six in a reference, `&#x1;`.
    for run in [PrintableText.runs(of: bytes), PrintableText.wideRuns(of: bytes)] {
        precondition(run.count <= count + 1 && run.allSatisfy { $0.isPlainText }, "shows what is no text")
    }
    return 0
}

private func open(_ bytes: UnsafeRawBufferPointer, as format: ContainerFormat) {
    if !format.isDocument, ArchiveLibrary.objection != nil { return }
    var limits = ContainerLimits(depth: 4, maximumFileSize: 1 << 20)
    limits.free = 4 << 20
    limits.maximumMembers = 2000
    limits.maximumTime = .seconds(5)
    let walk = ContainerWalk(bytes, as: format, name: "a/b.c", limits: limits, visitor: Counter())
    precondition(walk.visitor.byteCount <= 40 << 20, "reads \(walk.visitor.byteCount) bytes")
    for cut in walk.cuts { precondition(!cut.message.isEmpty) }
}

private func checkDatabase(_ reader: DatabaseReader, _ count: Int) {
    var byteCount = 0
    _ = reader.read { piece in
        switch piece {
        case .text(let text):
            byteCount += text.bytes.count
            let lineCount = text.bytes.reduce(1) { $0 + ($1 == .lineFeed ? 1 : 0) }
            for line in [1, 2, lineCount / 2, lineCount] { precondition(text.place(ofLine: line).line >= 0) }
        case .blob(let bytes, let name): precondition(!name.isEmpty && bytes.count <= count)
        }
        return true
    }
    // Each page once: names of columns and quotes are what comes on top.
    precondition(byteCount <= 600 * count + 4096, "makes \(byteCount) bytes of \(count)")
}

private func checkMail(_ bytes: UnsafeRawBufferPointer) {
    guard MailReader.isMail(bytes) else { return }
    var reader = MailReader(bytes)
    var partCount = 0
    reader.read { part in
        partCount += 1
        precondition(part.content.count <= bytes.count && !part.name.isEmpty)
        return partCount < 5000
    }
}

private struct Counter: ContainerVisitor {
    var byteCount = 0

    func leavesOut(_ names: [String]) -> Bool { names.count > 40 }
    func isText(_ beginning: UnsafeRawBufferPointer) -> Bool { !beginning.contains(0) }
    mutating func visit(_ text: UnsafeRawBufferPointer, _ names: [String]) { byteCount += text.count }
    mutating func visit(_ rows: DatabaseText, _ names: [String]) { byteCount += rows.bytes.count }
    mutating func visit(document: UnsafeRawBufferPointer, as format: ContainerFormat, _ names: [String]) {
        if format == .image { _ = ImageText.text(of: document) }
    }
    mutating func visit(whole text: UnsafeRawBufferPointer, _ names: [String]) {}
    mutating func pass(_ beginning: UnsafeRawBufferPointer, _ names: [String]) {}
}
