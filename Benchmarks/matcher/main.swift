import BuiltinRules
import Foundation
import Rules
import Scanner
import TestSupport

// Measures matching: see Scripts/bench-matcher, which builds and runs it.

var rounds = 3
var listed = 0
var hostileMegabytes: Int?
var counts: [Int] = []
var root: String?
var words = CommandLine.arguments.dropFirst()
while let word = words.popFirst() {
    switch word {
    case "--rules": listed = words.popFirst().flatMap(Int.init) ?? 0
    case "--rounds": rounds = max(1, words.popFirst().flatMap(Int.init) ?? rounds)
    case "--hostile": hostileMegabytes = words.popFirst().flatMap(Int.init)
    case "--counts": counts = (words.popFirst() ?? "").split(separator: ",").compactMap { Int($0) }
    default: root = word
    }
}

func line(_ name: String, _ value: Double, _ unit: String) {
    print(name.padding(toLength: 34, withPad: " ", startingAt: 0), String(format: "%12.2f", value), unit)
}

/// How fast a tree is scanned, and what that takes of PCRE2.
func measureTree(_ texts: Texts, rounds: Int, listed: Int) {
    var measurement = Measurement(.builtin)
    for _ in 0..<rounds { measurement.run(texts) }
    let (total, work, rules) = (measurement.total, measurement.work, measurement.engine.rules)
    let megabytes = Double(texts.byteCount) / 1e6
    print("\(texts.files.count) files, \(rules.count) rules, the best of \(rounds) rounds, one thread")
    line("content", megabytes, "MB")
    line("processor time", measurement.seconds, "s")
    line("speed", megabytes / measurement.seconds, "MB/s")
    line("rules that were tried", Double(work.count { $0.calls > 0 }), "")
    line("calls of PCRE2", Double(total.calls) / megabytes, "a MB")
    line("bytes searched by PCRE2", Double(total.bytes) / Double(max(1, texts.byteCount)), "a byte")
    line("matches judged", Double(total.candidates) / megabytes, "a MB")
    line("secrets, of any confidence", Double(measurement.secretCount), "")
    for index in work.indices.sorted(by: { work[$0].bytes > work[$1].bytes }).prefix(listed) {
        let rule = work[index]
        line(rules[index].id, Double(rule.bytes) / 1e6, "MB, \(rule.calls) calls, \(rule.candidates) matches")
    }
}

/// So many of our rules: those for any key, and of the others, in order of id, every so manieth.
func subset(_ count: Int) throws -> RuleSet {
    let all = RuleSet.builtin.rules
    let generic = all.filter { $0.tags.contains("generic") }
    let others = all.filter { !$0.tags.contains("generic") }
    let wanted = max(0, min(count - generic.count, others.count))
    return try RuleSet(rules: generic + (0..<wanted).map { others[$0 * others.count / wanted] })
}

/// What a larger rule set costs over a smaller one, round by round in turn.
func compareCounts(_ texts: Texts, _ counts: [Int], rounds: Int) throws {
    var measurements = try counts.map { Measurement(try subset($0)) }
    for _ in 0..<rounds {
        for index in measurements.indices { measurements[index].run(texts) }
    }
    print("\(texts.files.count) files, \(texts.byteCount / 1_000_000) MB, the best of \(rounds) rounds, one thread")
    for measurement in measurements {
        let ratio = measurement.seconds / measurements[0].seconds
        line("\(measurement.engine.rules.count) rules", measurement.seconds, String(format: "s, ratio %.2f", ratio))
    }
}

/// Texts made to give much to do: half of a size and the whole. Exits with 1 if twice the text takes more than twice the
/// work, or more than 200 nanoseconds a byte and 50 microseconds for each match that is judged.
func measureHostileTexts(_ size: Int) {
    print(
        "nanoseconds, bytes searched, calls of PCRE2 and matches judged for each byte of \(size / 2_000_000) and \(size / 1_000_000) MB"
    )
    var isLinear = true
    for text in HostileText.all {
        let results = [size / 2, size].map { size in
            var measurement = Measurement(.builtin)
            measurement.run(Texts(text.bytes(size)))
            let scale = 1 / Double(size)
            let total = measurement.total
            return [measurement.seconds * 1e9, Double(total.bytes), Double(total.calls), Double(total.candidates)].map {
                $0 * scale
            }
        }
        let isFine = results[1][0] < 200 + 50_000 * results[1][3] && results[1][1] < 1.05 * results[0][1] + 0.01
        isLinear = isLinear && isFine
        let columns = zip(results[0], results[1]).map { String(format: "%8.2f %8.2f", $0, $1) }
        print(
            text.description.padding(toLength: 28, withPad: " ", startingAt: 0), columns.joined(separator: "  "),
            isFine ? "" : "  too much")
    }
    if !isLinear { exit(1) }
}

if let hostileMegabytes {
    measureHostileTexts(hostileMegabytes * 1_000_000)
} else if let root {
    let texts = Texts(below: root, limit: 1 << 30)
    if counts.isEmpty {
        measureTree(texts, rounds: rounds, listed: listed)
    } else {
        try compareCounts(texts, counts, rounds: rounds)
    }
} else {
    FileHandle.standardError.write(Data("MatcherBenchmark: name a folder, or --hostile MB\n".utf8))
    exit(2)
}
