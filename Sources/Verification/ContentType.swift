internal import Bytes

/// What a Content-Type header says, as far as judging an answer goes.
package enum ContentType: Sendable {
    case json, xml, html, text, eventStream, other

    /// - Parameter header: The header's value with its parameters; empty for none.
    package init(_ header: String) {
        let type = header.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        switch type {
        case "application/json", "text/json", "application/x-json", "text/javascript", "application/javascript",
            "text/x-json":
            self = .json
        case "text/event-stream": self = .eventStream
        case "text/html", "application/xhtml+xml": self = .html
        case "application/xml", "text/xml": self = .xml
        case _ where type.hasSuffix("+json"): self = .json
        case _ where type.hasSuffix("+xml"): self = .xml
        case _ where type.hasPrefix("text/"): self = .text
        default: self = .other
        }
    }

    /// Whether a body is a page, whatever its header says.
    static func looksLikeHTML(_ body: UnsafeRawBufferPointer) -> Bool {
        var rest = body[...]
        if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
        let start = rest.drop { $0.isWhitespace }.prefix(16)
        let text = String(decoding: start, as: UTF8.self).lowercased()
        return ["<!doctype html", "<html", "<head", "<body"].contains { text.hasPrefix($0) }
    }
}
