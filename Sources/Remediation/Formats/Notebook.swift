import Bytes

/// A notebook of Jupyter, whose cells are programs in texts of JSON.
struct Notebook {
    let bytes: [UInt8]

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        let document: JSONDocument
        do throws(JSONProblem) {
            document = try JSONDocument(bytes)
        } catch {
            return .refused("it is no JSON: \(error)")
        }
        let language = document.root[name: "metadata"]?[name: "kernelspec"]?[name: "language"]?.text ?? "python"
        guard language == "python" else { return .refused("its cells are no Python") }
        for cell in document.root[name: "cells"]?.elements ?? [] {
            guard cell.range.contains(secret.lowerBound) else { continue }
            guard let source = cell[name: "source"], source.range.contains(secret.lowerBound) else {
                return .refused("a cell has printed it: clear the outputs (jupyter nbconvert --clear-output --inplace)")
            }
            guard cell[name: "cell_type"]?.text == "code" else {
                return .refused("it stands in a text that is read by people")
            }
            return answer(secret, in: source, name: name)
        }
        return .refused("it stands in no cell")
    }

    private func answer(_ secret: Range<Int>, in source: JSONNode, name: String) -> Answer {
        let lines = source.kind == .string ? [source] : source.elements
        var code: [UInt8] = []
        var place: Range<Int>?
        for line in lines {
            guard let text = line.text else { return .refused("the cell is no text") }
            if line.range.contains(secret.lowerBound),
                let start = length(line.range.lowerBound + 1..<secret.lowerBound),
                let count = length(secret)
            {
                place = code.count + start..<code.count + start + count
            }
            code += Array(text.utf8)
        }
        guard let place else { return .refused("it goes over several lines of the cell") }
        let answer = CodeFixer(.python, code, .lookup).answer(place, name: name)
        guard case .replaced(let edits, var step) = answer else { return answer }
        var text = Edit.applied(edits, to: code)
        for module in step.imports {
            if let edit = ImportPlace(.python, text).edit(adding: module) { text = Edit.applied([edit], to: text) }
        }
        step.imports = []
        return .replaced([Edit(source.range, written(text, like: source))], step)
    }

    /// How long what a part of a text of JSON stands for is.
    private func length(_ range: Range<Int>) -> Int? {
        let quoted = [.quotationMark] + bytes[range] + [.quotationMark]
        do throws(JSONProblem) {
            return try JSONDocument(quoted).root.text?.utf8.count
        } catch {
            return nil
        }
    }

    /// Code as the cell has it: one text, or one a line, indented as they are.
    private func written(_ code: [UInt8], like source: JSONNode) -> String {
        if source.kind == .string { return JSONDocument.quoted(String(decoding: code, as: UTF8.self)) }
        let lines = code.linesWithEnds.map { JSONDocument.quoted(String(decoding: $0, as: UTF8.self)) }
        guard let first = source.elements.first,
            bytes[source.range.lowerBound..<first.range.lowerBound].contains(.lineFeed)
        else { return "[\(lines.joined(separator: ", "))]" }
        let start = bytes.lineStart(of: first.range.lowerBound)
        let indentation = bytes.string(start..<start + bytes.indentation(of: start))
        let end = bytes.lineStart(of: source.range.upperBound - 1)
        let closing = bytes.string(end..<end + bytes.indentation(of: end))
        let ending = bytes.lineEnding
        return "[" + ending + lines.map { indentation + $0 }.joined(separator: "," + ending) + ending + closing + "]"
    }
}
