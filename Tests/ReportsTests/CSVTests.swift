import Testing

@testable import Reports

struct CSVTests {
    /// RFC 4180, read strictly: nothing may follow a closing quote but a comma or a line end.
    private func parsed(_ text: String) throws -> [[String]] {
        var rows: [[String]] = [[]]
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            var field = String.UnicodeScalarView()
            if rest.first == "\"" {
                rest.removeFirst()
                while let scalar = rest.popFirst() {
                    if scalar == "\"" {
                        guard rest.first == "\"" else { break }
                        rest.removeFirst()
                    }
                    field.append(scalar)
                }
            } else {
                while let scalar = rest.first, scalar != ",", scalar != "\r" {
                    try #require(scalar != "\"" && scalar != "\n")
                    field.append(rest.removeFirst())
                }
            }
            rows[rows.count - 1].append(String(field))
            if rest.first == "," {
                rest.removeFirst()
            } else {
                try #require(rest.starts(with: ["\r", "\n"]))
                rest.removeFirst(2)
                rows.append([])
            }
        }
        try #require(rows.removeLast().isEmpty)
        return rows
    }

    @Test func aLineIsAnOccurrence() throws {
        let rows = try parsed(written(Sample.full, as: .csv))
        #expect(rows.count == 17)
        #expect(rows.allSatisfy { $0.count == rows[0].count })
        let row = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[1]))
        #expect(row["rule"] == "mistral-api-key" && row["path"] == "src/config.py" && row["start_line"] == "12")
        #expect(row["snippet"] == #"MISTRAL_API_KEY = "q7Rw…1UaE""#)
        #expect(row["author_time"] == "2024-02-29T12:00:00Z" && row["in_head"] == "false")
        #expect(row["secret"] == nil)
    }

    @Test func hostileTextsStayInTheirField() throws {
        let rows = try parsed(written(Hostile.result, as: .csv))
        #expect(rows.count == 1 + Hostile.texts.count * 2)
        #expect(rows.allSatisfy { $0.count == rows[0].count })
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(1)", "  =1+1", "\u{ff1d}1"])
    func formulasAreNeutralised(path: String) throws {
        let result = Sample.result([Sample.finding(occurrences: [Sample.occurrence(path: path)])])
        let rows = try parsed(written(result, as: .csv))
        #expect(rows[1][6] == "'" + path)
    }

    @Test func shownSecretsAreTheLastColumn() throws {
        let text = written(Sample.result(), as: .csv, options: .init(toolVersion: "1", showSecrets: true))
        let rows = try parsed(text)
        #expect(rows[0].last == "secret" && rows[1].last == Sample.key)
    }

    @Test func nothingFoundIsAHeader() throws {
        #expect(try parsed(written(Sample.result([]), as: .csv)).count == 1)
    }
}
