import Findings
import Foundation
import TestSupport
import Testing

@testable import Scanner

/// Notebooks as Jupyter writes them: JSON whose strings are lines of code and what they printed.
struct NotebookTests {
    private let key: String

    init() {
        var generator = SeededGenerator(seed: 31)
        key = generator.key()
    }

    private func notebook(source: [String], output: [String]) throws -> String {
        let stream: [String: Any] = ["name": "stdout", "output_type": "stream", "text": output]
        let failure: [String: Any] = [
            "output_type": "error", "ename": "HTTPError", "evalue": "401",
            "traceback": ["\u{1b}[0;31mHTTPError\u{1b}[0m: 401"],
        ]
        let cells: [[String: Any]] = [
            ["cell_type": "markdown", "id": "4a7c3f21", "metadata": [String: Any](), "source": ["# Chat\n", "\n"]],
            [
                "cell_type": "code", "execution_count": 3, "id": "9d2e6b50", "metadata": ["tags": ["setup"]],
                "outputs": [stream, failure], "source": source,
            ],
        ]
        let document: [String: Any] = [
            "cells": cells, "metadata": ["kernelspec": ["name": "python3"]], "nbformat": 4, "nbformat_minor": 5,
        ]
        let data = try JSONSerialization.data(withJSONObject: document, options: [.prettyPrinted, .sortedKeys])
        return String(decoding: data, as: UTF8.self)
    }

    private func detections(_ text: String) -> [Detection] {
        BlobScanner(engine: BuiltinEngine.shared).scan(text, path: "chat.ipynb").detections
    }

    /// `@` stands for the key.
    @Test(arguments: [
        ["import os\n", "os.environ[\"MISTRAL_API_KEY\"] = \"@\"\n", "client = None"],
        ["%env MISTRAL_API_KEY=@\n"], ["!curl -H 'Authorization: Bearer @' https://api.mistral.ai/v1/models"],
        ["config = '''\n", "MISTRAL_API_KEY=\n", "'''"].map { $0.replacing("KEY=\n", with: "KEY=\\\n@\n") },
        ["json.loads(\"{\\\"mistral_api_key\\\":\\\"@\\\"}\")"],
    ])
    func aKeyInACellIsFoundWhereItStands(source: [String]) throws {
        let text = try notebook(source: source.map { $0.replacing("@", with: key) }, output: ["ok\n"])
        let found = detections(text)
        #expect(found.map(\.secret.revealed) == [key], "\(text)")
        let place = try #require(text.range(of: key)).lowerBound
        #expect(found.first?.region.startLine == text[..<place].count { $0 == "\n" } + 1)
    }

    @Test func aKeyThatACellPrintedIsFound() throws {
        let text = try notebook(
            source: ["!env"], output: ["HOME=/root\n", "MISTRAL_API_KEY=\(key)\n", "TERM=xterm\n"])
        #expect(detections(text).map(\.secret.revealed) == [key])
    }
}
