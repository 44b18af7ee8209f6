package import Findings
package import Git
package import ScanSources

extension ScanSource {
    /// Reads every item of the plan.
    package func readAll(maximumSize: Int = 1 << 20) throws -> Reading {
        try Reading(plan: plan(), from: makeReader(), maximumSize: maximumSize)
    }
}

/// What a source gave to read.
package struct Reading {
    package var plan: Plan
    package private(set) var contents: [(item: ScanItem, text: String)] = []
    package var problems: [Problem]
    package private(set) var omissions: [Omission]

    /// Reads every item of a plan.
    package init(plan: Plan, from reader: any BlobReader, maximumSize: Int) {
        self.plan = plan
        problems = plan.problems
        omissions = plan.omissions
        for item in plan.items {
            do {
                let content = try reader.read(
                    item, maximumSize: maximumSize, returning: { String(decoding: $0, as: UTF8.self) })
                contents.append((item, content))
            } catch {
                switch error {
                case .problem(let problem): problems.append(problem)
                case .omitted(let omission): omissions.append(omission)
                }
            }
        }
    }

    /// Content by path.
    package var files: [String: String] {
        Dictionary(
            contents.compactMap { item, text in item.path.map { ($0.description, text) } },
            uniquingKeysWith: { $0 + "|" + $1 })
    }

    package var paths: Set<String> { Set(files.keys) }

    /// The content of blobs, in no order; twice what is read twice.
    package var blobs: [String] {
        contents.filter { if case .blob = $0.item.origin { true } else { false } }.map(\.text).sorted()
    }

    package var messages: String {
        contents.filter { if case .commitMessage = $0.item.origin { true } else { false } }.map(\.text).joined()
    }

    package func omitted(_ reason: Omission.Reason) -> Set<String> {
        Set(omissions.filter { $0.reason == reason }.map(\.subject))
    }
}

/// Nothing of the environment of the tests, which may run in a hook.
package let nothing = GitEnvironment(currentDirectory: "/")
