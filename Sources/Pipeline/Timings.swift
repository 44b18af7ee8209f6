import Synchronization

/// How long the steps of a scan took, one after the other.
package final class Timings: Sendable {
    /// A step.
    package enum Step: Int, Sendable, CaseIterable {
        /// Loading rules, configurations and baselines.
        case rules
        /// Finding out what there is to read.
        case listing
        /// Reading and matching, on all threads.
        case reading
        /// Asking the history where blobs belong.
        case history
        /// Judging what is reported, and making fingerprints.
        case judging
        /// Looking for habits that leak secrets.
        case hygiene
        /// Asking providers.
        case verification
        /// Writing reports.
        case reports
    }

    private let durations = Mutex<[Step: Duration]>([:])

    package init() {}

    /// Steps that were taken, in order, with the seconds that each took.
    package var steps: [(step: Step, seconds: Double)] {
        durations.withLock { durations in
            Step.allCases.compactMap { step in durations[step].map { (step, $0 / .seconds(1)) } }
        }
    }

    /// Takes a step, and adds how long it took.
    package func measure<Result, Failure: Error>(
        _ step: Step, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = ContinuousClock.now
        defer {
            let duration = start.duration(to: .now)
            durations.withLock { $0[step, default: .zero] += duration }
        }
        return try body()
    }
}
