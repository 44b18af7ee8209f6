internal import Bytes
internal import Rules
internal import Verification

/// How a list goes on behind its first page.
enum NextPage {
    /// The header `Link` with `rel="next"` (RFC 8288).
    case link
    /// A member of the body with the address.
    case member(String)
    /// A header with what the next request takes as this parameter.
    case continuation(header: String, parameter: String)
    /// `nextPageStart`, until `isLastPage`.
    case start
    case none
}

extension ForgeClient {
    /// Reads a list to its end, page by page.
    ///
    /// A chain of pages that leads back, that brings nothing new, or that is longer than any list is, ends with an error: what was read
    /// until then was handed over.
    ///
    /// - Parameters:
    ///   - target: Path and query of the first page.
    ///   - items: Where in an answer the list is; `nil` where there is none.
    ///   - identity: The member that tells an item from others; `nil`: each is one.
    ///   - body: Takes each item that was not there before.
    func list(
        _ target: String, _ next: NextPage, maximumPages: Int, items: (JSONValue) -> [JSONValue]?,
        identity: String? = "id", _ body: (JSONValue) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        var seen: Set<String> = []
        var pages: Set<String> = []
        var address = try address(target)
        let first = address
        while true {
            guard pages.insert(address.description).inserted else {
                throw ForgeError(.badAnswer, "the pages of the list lead in a circle")
            }
            guard pages.count <= maximumPages else {
                throw ForgeError(.badAnswer, "the list has more than \(maximumPages) pages, as if it had no end")
            }
            let answer = try get(at: address)
            guard let list = items(answer.value) else {
                throw ForgeError(.badAnswer, "what \(address.hostAndPort) answered is no list")
            }
            var hasNews = list.isEmpty
            for item in list {
                if let id = identity.flatMap({ item[$0]?.shortText }), !seen.insert(id).inserted { continue }
                hasNews = true
                try body(item)
            }
            guard let following = try page(after: answer, next, at: address, from: first) else { return }
            guard hasNews else {
                throw ForgeError(.badAnswer, "page \(pages.count) of the list repeats what was on the ones before")
            }
            address = following
        }
    }

    private func page(
        after answer: Answer, _ next: NextPage, at address: HTTPSAddress, from first: HTTPSAddress
    ) throws(ForgeError) -> HTTPSAddress? {
        var text: String?
        switch next {
        case .none: return nil
        case .link: text = answer.response.header("link").flatMap(LinkHeader.next)
        case .member(let name): text = answer.value[name]?.text
        case .continuation(let header, let parameter):
            guard let token = answer.response.header(header), !token.isEmpty else { return nil }
            text = Self.with(parameter, token.percentEncoded, first)
        case .start:
            guard answer.value["isLastPage"] == .bool(false), let start = answer.value["nextPageStart"]?.shortText
            else {
                return nil
            }
            text = Self.with("start", start.percentEncoded, first)
        }
        guard let text, !text.isEmpty else { return nil }
        guard let following = Self.address(text, from: address),
            following.hostAndPort == address.hostAndPort
        else {
            throw ForgeError(.badAnswer, "the next page of the list is on another host: it is not asked for there")
        }
        return following
    }

    private static func with(_ parameter: String, _ value: String, _ address: HTTPSAddress) -> String {
        let mark = address.target.contains("?") ? "&" : "?"
        return "\(address.description)\(mark)\(parameter)=\(value)"
    }
}

/// The header `Link`: `<https://…?page=2>; rel="next", <…>; rel="last"`.
enum LinkHeader {
    /// The address of the next page.
    static func next(_ header: String) -> String? {
        var rest = header[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let address = rest[rest.index(after: open)..<close]
            rest = rest[rest.index(after: close)...]
            let parameters = rest.prefix { $0 != "<" }
            let isNext = parameters.split(separator: ";").contains { parameter in
                let words = parameter.split(separator: "=", maxSplits: 1)
                guard words.count == 2, words[0].filter({ $0 != " " }).lowercased() == "rel" else { return false }
                return words[1].filter { !"\"', ".contains($0) || $0 == " " }.split(separator: " ").contains("next")
            }
            if isNext { return String(address) }
        }
        return nil
    }
}

extension JSONValue {
    /// A text or a whole number as text.
    var shortText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): Int(exactly: number).map { "\($0)" }
        default: nil
        }
    }

    var truth: Bool? { if case .bool(let truth) = self { truth } else { nil } }

    var whole: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }
}

extension String {
    /// As a part of a path or a query: all but letters, digits and `-._~` in percent-encoding.
    var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            if byte.isAlphanumeric || "-._~".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
