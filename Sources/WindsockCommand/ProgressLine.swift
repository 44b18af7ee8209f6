import Dispatch
import Pipeline

/// A line on standard error that says how far a scan has come, for scans that take longer than a second.
final class ProgressLine {
    private let timer: any DispatchSourceTimer
    private let queue = DispatchQueue(label: "progress")
    private var wasShown = false

    init(_ progress: Progress, noun: String) {
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + 1, repeating: 0.25)
        timer.setEventHandler {
            let (done, all, bytes) = progress.state
            guard all > 0 else { return }
            StandardError.write("\r\u{1b}[K\(done) of \(all) \(noun), \(bytes >> 20) MiB, \(100 * done / all) %")
        }
        timer.resume()
    }

    /// Takes the line away.
    func finish() {
        timer.cancel()
        // What the timer is writing now comes before the line is cleared.
        queue.sync { StandardError.write("\r\u{1b}[K") }
    }
}
