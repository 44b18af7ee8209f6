internal import CTOML

/// What stands behind a key in TOML text.
package enum TOMLValue {
    case text(String)
    case integer(Int)
    case number(Double)
    case bool(Bool)
    /// A date or a time: no field of ours is one.
    case time
    case list([TOMLValue])
    case table(TOMLTable)

    package var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    package var integer: Int? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    package var bool: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    package var list: [TOMLValue]? {
        guard case .list(let list) = self else { return nil }
        return list
    }

    package var table: TOMLTable? {
        guard case .table(let table) = self else { return nil }
        return table
    }
}

/// A table of TOML text.
package struct TOMLTable {
    package var values: [String: TOMLValue] = [:]
    /// Where its header or its brace stands: the 1-based number of a line.
    package var line: Int

    /// Text that is not TOML.
    package struct ParseError: Error {
        /// 1-based.
        package var line: Int
        /// What toml++ says.
        package var reason: String
    }

    /// Reads a text.
    package init(_ text: String) throws(ParseError) {
        var text = text
        // A call with a typed error does not come through the closure.
        let result: Result<TOMLTable, ParseError> = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let document = windsock_toml_read(characters.baseAddress, characters.count) else {
                    return .failure(ParseError(line: 1, reason: "there is no memory to read it"))
                }
                defer { windsock_toml_free(document) }
                var line: UInt32 = 0
                if let problem = windsock_toml_problem(document, &line) {
                    return .failure(ParseError(line: Int(line), reason: String(cString: problem)))
                }
                var reader = NodeReader(next: windsock_toml_nodes(document))
                return .success(reader.table(reader.take()))
            }
        }
        self = try result.get()
    }

    private init(line: Int) { self.line = line }

    /// Takes the nodes of a document one after the other: each stands before those within it.
    private struct NodeReader {
        var next: UnsafePointer<windsock_toml_node>?

        mutating func take() -> windsock_toml_node {
            guard let node = next else { return windsock_toml_node() }
            next = node + 1
            return node.pointee
        }

        mutating func table(_ node: windsock_toml_node) -> TOMLTable {
            var table = TOMLTable(line: Int(node.line))
            table.values.reserveCapacity(node.count)
            for _ in 0..<node.count {
                let inner = take()
                table.values[Self.text(inner.key, inner.key_length)] = value(inner)
            }
            return table
        }

        private mutating func value(_ node: windsock_toml_node) -> TOMLValue {
            switch node.kind {
            case WINDSOCK_TOML_TABLE: return .table(table(node))
            case WINDSOCK_TOML_ARRAY:
                var list: [TOMLValue] = []
                list.reserveCapacity(node.count)
                for _ in 0..<node.count { list.append(value(take())) }
                return .list(list)
            case WINDSOCK_TOML_STRING: return .text(Self.text(node.text, node.text_length))
            case WINDSOCK_TOML_INTEGER: return .integer(Int(node.integer))
            case WINDSOCK_TOML_NUMBER: return .number(node.number)
            case WINDSOCK_TOML_BOOLEAN: return .bool(node.integer != 0)
            default: return .time
            }
        }

        private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
            UnsafeBufferPointer(start: start, count: count)
                .withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
        }
    }
}
