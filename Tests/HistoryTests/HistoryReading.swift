import Findings
import History
import ScanSources
import SourceTestSupport

/// What a history gave to read.
@dynamicMemberLookup
struct HistoryReading {
    /// Its cache has been told what is missing.
    var plan: HistoryPlan
    var reading: Reading

    subscript<Value>(dynamicMember path: KeyPath<Reading, Value>) -> Value { reading[keyPath: path] }

    func omitted(_ reason: Omission.Reason) -> Set<String> { reading.omitted(reason) }
}

extension HistorySource {
    /// Reads every item of the plan, and asks what is missing.
    func readAll(maximumSize: Int = 1 << 20) throws -> HistoryReading {
        var plan = try plan()
        var reading = try Reading(plan: plan.contents, from: makeReader(), maximumSize: maximumSize)
        let outcome = try plan.attribution.attribute([])
        reading.problems += outcome.problems
        if var cache = plan.cache {
            outcome.note(in: &cache)
            plan.cache = cache
        }
        return HistoryReading(plan: plan, reading: reading)
    }
}
