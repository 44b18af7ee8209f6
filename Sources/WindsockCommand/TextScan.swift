import Findings
import Pipeline
import Scanner

/// Looks for secrets in texts that are held in memory, and judges them as a scan of the files would.
///
/// Not `Sendable`: whoever has it asks from one thread.
final class TextScan {
    let engine: ScanEngine
    private let selection: Selection
    private let key: FingerprintKey?
    private let scanner: BlobScanner

    init(engine: ScanEngine, settings: ScanSettings) {
        self.engine = engine
        key = settings.fingerprintKey
        selection = settings.selection
        var options = BlobScanner.Options()
        options.honorsInlineDirectives = settings.honorsInlineDirectives
        options.computesLineHashes = false
        scanner = BlobScanner(engine: engine, options: options)
    }

    /// What is found in a text and reported.
    ///
    /// - Parameter path: Relative to what is scanned; `nil` for a text of no file.
    func findings(in text: [UInt8], path: String?) -> [Finding] {
        let blob = text.withUnsafeBytes { scanner.scan($0, path: path) }
        var collector = FindingCollector(rules: engine.rules, key: key)
        for detection in blob.detections {
            collector.add(detection, path: path ?? "text", origin: .file, history: nil)
        }
        var counts = SuppressionCounts()
        return selection.selected(of: collector.findings(), counting: &counts)
    }
}
