import Foundation
import TestSupport
import Testing

/// Ctrl-C, or a CI job that is cancelled: what was found so far is told, and never as "clean".
@Suite struct InterruptionTests {
    @Test(arguments: ["INT", "TERM"]) func anInterruptedScanReportsWhatItHasAndIsIncomplete(signal: String) throws {
        let folder = TemporaryDirectory()
        folder.write("many/0", String(repeating: "There is nothing to be found in this line.\n", count: 25_000))
        // The signal is sent as soon as it is caught: the handlers of SIGINT and then of SIGTERM are installed before
        // the first file is read, and half a gigabyte is not read at once.
        let script = """
            for number in $(seq 500); do ln many/0 "many/$number"; done
            "$windsock" scan --jobs 1 --format json --output report.json many &
            scan=$!
            until grep -q '^SigCgt:.*[4567cdef]...$' "/proc/$scan/status"; do sleep 0.01; done
            kill -\(signal) $scan
            wait $scan
            """
        let outcome = Windsock.shell(script, in: folder)
        #expect(outcome.status == 3, "\(outcome.errors)")
        let report = try JSONDecoder().decode(JSONReport.self, from: Data(folder.read("report.json")))
        #expect(report.summary.interrupted && !report.summary.complete)
        #expect(report.findings.isEmpty && report.summary.files < 501)
    }
}
