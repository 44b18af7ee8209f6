import Dispatch
import Pipeline

/// A line on standard error that says how far a scan has come, for what takes longer than a second.
final class ProgressLine {
    private let timer: any DispatchSourceTimer
    private let queue = DispatchQueue(label: "progress")
    private var wasShown = false

    convenience init(_ progress: Progress, noun: String) {
        self.init {
            let (done, all, bytes) = progress.state
            return all > 0 ? "\(done) of \(all) \(noun), \(bytes >> 20) MiB, \(100 * done / all) %" : nil
        }
    }

    /// - Parameter text: Asked several times a second; `nil`: there is nothing to say yet.
    init(_ text: @escaping @Sendable () -> String?) {
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + 1, repeating: 0.25)
        timer.setEventHandler {
            if let text = text() { StandardError.write("\r\u{1b}[K\(text)") }
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
