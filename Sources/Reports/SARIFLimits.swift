import Findings
internal import Rules

/// What GitHub takes at most in one upload. Past a limit it refuses the whole file, so the most severe is kept.
struct SARIFLimits {
    /// One occurrence of one finding, by index.
    struct Place: Equatable {
        let finding: Int
        let occurrence: Int
    }

    var results: Int
    var rules: Int
    /// Bytes at which no further result is begun.
    var size: Int

    /// 25,000 results and rules a run; 10 MB gzipped. Results made of random paths, lines, names and object ids shrank
    /// to 22 in 100 (measured with gzip -9), real ones to much less, so 40 MB stay under it.
    static let gitHub = SARIFLimits(results: 25_000, rules: 25_000, size: 40_000_000)

    /// The places to write: first one of each finding, then all the others, so that whatever limit is reached
    /// first, a key that stands in 30,000 files does not push out the other secrets.
    func selection(of findings: [Finding]) -> [Place] {
        let first = findings.indices.map { Place(finding: $0, occurrence: 0) }
        let further = findings.indices.lazy.flatMap { index in
            findings[index].occurrences.indices.dropFirst().lazy.map { Place(finding: index, occurrence: $0) }
        }
        return Array(first.prefix(results)) + further.prefix(max(0, results - first.count))
    }

    /// The rules of findings, by id, as many as there may be: of those without a result nobody has anything, and all of them
    /// are some megabytes.
    func rules(of findings: [Finding]) -> [Rule] {
        var known: Set<String> = []
        let used = findings.map(\.rule).filter { known.insert($0.id).inserted }
        return used.prefix(rules).sorted { $0.id < $1.id }
    }

    func notice(omitted: Int, of total: Int) -> String {
        "\(Quantity.grouped(omitted)) of \(Quantity.count(total, "place")) left out: GitHub refuses files with more "
            + "than \(Quantity.grouped(results)) results or 10 MB compressed. The most severe were kept; the JSON "
            + "report has all."
    }
}
