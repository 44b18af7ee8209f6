import Findings
internal import Rules

/// The JSON report: everything windsock knows of the findings, in one document.
struct JSON {
    let result: ScanResult
    let options: ReportOptions

    func bytes() -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("schema", JSONWriter.schema)
            writer.field(
                "tool",
                object: {
                    $0.field("name", "windsock")
                    $0.field("version", options.toolVersion)
                })
            writer.field("secretsShown", options.showSecrets)
            writer.field("repository", object: { $0.fields(of: result.repository) })
            writer.field(
                "summary",
                object: {
                    let counts = Dictionary(grouping: result.findings, by: \.severity).mapValues(\.count)
                    $0.fields(of: result.summary, findings: counts)
                })
            let now = Timestamp(seconds: result.summary.startTime).seconds
            writer.field("findings", array: result.findings) { writer, finding in
                writer.object { $0.fields(of: finding, showingSecret: options.showSecrets, now: now) }
            }
            if let hygiene = result.hygiene {
                writer.field("hygiene", array: hygiene) { writer, finding in
                    writer.object { $0.fields(of: finding, showingSecret: options.showSecrets, now: now) }
                }
            }
            if let explanations = result.explanations {
                writer.field("explanations", array: explanations.places) { writer, place in
                    writer.object { $0.fields(of: place, showingSecret: options.showSecrets) }
                }
                writer.field("unmatchedRules", array: explanations.unmatched) { writer, rule in
                    writer.object { $0.fields(of: rule) }
                }
            }
        }
        writer.endLine()
        return writer.bytes
    }
}
