import Bytes

/// Settings in JSON, of which some programs take values from the environment.
struct JSONSettings {
    enum Kind: Equatable {
        /// .NET: `A__B` stands for the value at `A:B`.
        case dotnet
        /// The program puts variables into its texts.
        case references(ReferenceForm)
    }

    let kind: Kind
    let bytes: [UInt8]

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        let document: JSONDocument
        do throws(JSONProblem) {
            document = try JSONDocument(bytes, dialect: .commented)
        } catch {
            return .refused("it is no JSON: \(error)")
        }
        guard let found = Self.find(secret, in: document.root, path: []) else { return .masked(secret, name: name) }
        guard found.node.kind == .string else { return .refused("it is no text") }
        switch kind {
        case .references(let form): return .replaced(secret, by: form.text(name))
        case .dotnet:
            let variable = found.path.joined(separator: "__").split(separator: ":").joined(separator: "__")
            // A value of which a part is secret is given as a whole.
            return .replaced(
                [Edit(found.node.range, "\"\"")],
                Answer.Step(
                    note: "settings hold no references: .NET takes the value from \(variable), which is stronger",
                    name: variable))
        }
    }

    /// The value that holds a place, and the names that lead to it.
    static func find(
        _ secret: Range<Int>, in node: JSONNode, path: [String]
    ) -> (node: JSONNode, path: [String])? {
        guard node.range.lowerBound <= secret.lowerBound, secret.upperBound <= node.range.upperBound else { return nil }
        switch node.kind {
        case .object:
            for member in node.members {
                if let found = find(secret, in: member.value, path: path + [member.name]) { return found }
            }
            return nil
        case .array:
            for (index, element) in node.elements.enumerated() {
                if let found = find(secret, in: element, path: path + ["\(index)"]) { return found }
            }
            return nil
        default: return (node, path)
        }
    }
}
