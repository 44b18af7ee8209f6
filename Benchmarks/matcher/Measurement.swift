import Foundation
import Rules
import Scanner

/// What it took to scan some texts on one thread with a rule set.
struct Measurement {
    let engine: ScanEngine
    private(set) var seconds = Double.infinity
    private(set) var secretCount = 0
    /// For each rule of the engine.
    private(set) var work: [MatchingWork] = []

    var total: MatchingWork { work.reduce(into: MatchingWork()) { $0 += $1 } }

    init(_ rules: RuleSet) { engine = ScanEngine(rules) }

    /// Scans all texts once more; the shortest time counts.
    mutating func run(_ texts: Texts) {
        let scanner = BlobScanner(engine: engine)
        secretCount = 0
        let start = Self.processorSeconds()
        for file in texts.files {
            secretCount += file.bytes.withUnsafeBytes { scanner.scan($0, path: file.path).detections.count }
        }
        seconds = min(seconds, Self.processorSeconds() - start)
        work = scanner.work
    }

    /// Seconds of processor time of this process.
    private static func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
