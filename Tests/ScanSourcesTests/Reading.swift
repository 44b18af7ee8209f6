import Findings
import Git
import ScanSources

extension ScanSource {
    /// Reads every item of the plan.
    func readAll(maximumSize: Int = 1 << 20) throws -> Reading {
        let plan = try plan()
        let reader = try makeReader()
        var reading = Reading(plan: plan)
        if let outcome = try plan.attribution?.attribute([]) {
            reading.problems += outcome.problems
            reading.plan.cache = plan.cache.map { outcome.settled($0) }
        }
        for item in plan.items {
            do {
                let content = try reader.read(
                    item, maximumSize: maximumSize, returning: { String(decoding: $0, as: UTF8.self) })
                reading.contents.append((item, content))
            } catch {
                switch error {
                case .problem(let problem): reading.problems.append(problem)
                case .omitted(let omission): reading.omissions.append(omission)
                }
            }
        }
        return reading
    }
}

/// What a source gave to read.
struct Reading {
    var plan: ScanPlan
    var contents: [(item: ScanItem, text: String)] = []
    var problems: [Problem]
    var omissions: [Omission]

    init(plan: ScanPlan) {
        self.plan = plan
        problems = plan.problems
        omissions = plan.omissions
    }

    /// Content by path.
    var files: [String: String] {
        Dictionary(
            contents.compactMap { item, text in item.path.map { ($0.description, text) } },
            uniquingKeysWith: { $0 + "|" + $1 })
    }

    var paths: Set<String> { Set(files.keys) }

    /// The content of blobs, in no order; twice what is read twice.
    var blobs: [String] {
        contents.filter { if case .blob = $0.item.origin { true } else { false } }.map(\.text).sorted()
    }

    var messages: String {
        contents.filter { if case .commitMessage = $0.item.origin { true } else { false } }.map(\.text).joined()
    }

    func omitted(_ reason: Omission.Reason) -> Set<String> {
        Set(omissions.filter { $0.reason == reason }.map(\.subject))
    }
}

/// Nothing of the environment of the tests, which may run in a hook.
let nothing = GitEnvironment(currentDirectory: "/")
