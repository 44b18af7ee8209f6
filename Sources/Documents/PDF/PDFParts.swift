internal import Bytes

/// What a PDF document says beside its pages: who made it, annotations, fields of forms and what is in them, scripts, XMP, files that
/// are attached. The text of its pages is none of it: fonts would have to be understood for that.
package struct PDFParts {
    /// Strings, each a line behind its name; in UTF-8.
    package private(set) var text: [UInt8] = []
    package private(set) var attachments: [[UInt8]] = []

    private let bytes: UnsafeRawBufferPointer
    private var inflatedCount = 0

    /// Of all streams that are inflated, in bytes.
    private static let maximumInflated = 64 << 20
    private static let maximumText = 16 << 20

    package static func isPDF(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: Array("%PDF-".utf8)) }

    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        read()
    }

    /// One object after the other, as they stand in the file: what no table of it names any more is read as well.
    private mutating func read() {
        var start = 0
        while start < bytes.count, text.count < Self.maximumText {
            guard let stream = nextStream(from: start) else {
                note(bytes.slice(start..<bytes.count))
                return
            }
            let head = bytes.slice(start..<stream)
            note(head)
            var content = stream + 6
            if content < bytes.count, bytes[content] == .carriageReturn { content += 1 }
            if content < bytes.count, bytes[content] == .lineFeed { content += 1 }
            let end = bytes.place(of: "endstream", from: content) ?? bytes.count
            read(bytes.slice(min(content, end)..<end), described: head)
            start = min(end + 9, bytes.count)
        }
    }

    /// Where the word stands behind a dictionary and at the end of a line: it is a part of names, too, as `application#2Foctet-stream`.
    private func nextStream(from start: Int) -> Int? {
        var start = start
        while let place = bytes.place(of: "stream", from: start) {
            let isAtLineEnd = place + 6 < bytes.count && [.lineFeed, .carriageReturn].contains(bytes[place + 6])
            var before = place
            while before > 0, bytes[before - 1].isWhitespace { before -= 1 }
            if isAtLineEnd, before > 1, bytes[before - 1] == .greaterThan, bytes[before - 2] == .greaterThan {
                return place
            }
            start = place + 6
        }
        return nil
    }

    /// - Parameter head: What stands in front of the stream, with its dictionary at the end.
    private mutating func read(_ stream: UnsafeRawBufferPointer, described head: UnsafeRawBufferPointer) {
        let start = head.slice(max(0, head.count - 4096)..<head.count)
        let object = start.lastPlace(of: " obj").map { start.slice($0..<start.count) } ?? start
        let isOfObjects = object.place(of: "/ObjStm", from: 0) != nil
        let isAttached = object.place(of: "/EmbeddedFile", from: 0) != nil
        let isWords = object.place(of: "/Metadata", from: 0) != nil || object.place(of: "/XML", from: 0) != nil
        guard isOfObjects || isAttached || isWords else { return }
        var content = Array(stream)
        if object.place(of: "FlateDecode", from: 0) != nil || object.place(of: "/Fl ", from: 0) != nil {
            content = Inflation.content(of: stream, limit: max(0, Self.maximumInflated - inflatedCount))
            inflatedCount += content.count
        }
        if isAttached {
            attachments.append(content)
        } else if isOfObjects {
            content.withUnsafeBytes { note($0) }
        } else {
            text += content + [.lineFeed]
        }
    }

    /// Notes the strings of dictionaries.
    private mutating func note(_ objects: UnsafeRawBufferPointer) {
        var strings = PDFStrings(objects)
        // A field's name and what is in it stand in one dictionary, in any order.
        var field: [UInt8]?
        var value: [UInt8]?
        while let found = strings.next(), text.count < Self.maximumText {
            switch found {
            case .boundary:
                if let value { add(field ?? Array("V".utf8), value) }
                (field, value) = (nil, nil)
            case .string(let name, let content):
                if content.isEmpty { continue }
                if name.elementsEqual("V".utf8) {
                    value = content
                    continue
                }
                if name.elementsEqual("T".utf8) { field = content }
                add(name, content)
            }
        }
        if let value { add(field ?? Array("V".utf8), value) }
    }

    private mutating func add(_ name: [UInt8], _ content: [UInt8]) {
        // Numbers and parts of them, of which there are thousands in a document with marks.
        if ["ID", "Lang", "E", "ActualText"].contains(where: { name.elementsEqual($0.utf8) }) { return }
        text += name + [.colon, .space] + content + [.lineFeed]
    }
}

extension UnsafeRawBufferPointer {
    /// Where a word stands at `start` or later.
    func place(of word: StaticString, from start: Int) -> Int? {
        var index = start
        let wanted = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        while let place = first(wanted[0], from: index) {
            guard place + wanted.count <= count else { return nil }
            if slice(place..<(place + wanted.count)).elementsEqual(wanted) { return place }
            index = place + 1
        }
        return nil
    }

    /// Where a word stands for the last time.
    func lastPlace(of word: StaticString) -> Int? {
        var found: Int?
        var start = 0
        while let place = place(of: word, from: start) {
            found = place
            start = place + 1
        }
        return found
    }
}
