@testable import Judge

/// A name and a value, as the judge would meet them in a text.
struct Sample {
    var name: [UInt8]
    var value: [UInt8]
    var syntax = Syntax.equals
    var quote = Quote.double
    var following: UInt8 = 0x0a
    var isInComment = false

    init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// Calls with an assignment in a text that has other bytes around name and value.
    func withText<Result>(_ body: (Assignment, UnsafeRawBufferPointer) -> Result) -> Result {
        let text = Array("key".utf8) + name + Array("1=\"".utf8) + value + Array("\"aA1".utf8)
        let value = (name.count + 6)..<(name.count + 6 + value.count)
        var assignment = Assignment(name: 3..<(3 + name.count), value: value, syntax: syntax, quote: quote)
        assignment.following = following
        assignment.isInComment = isInComment
        return text.withUnsafeBytes { body(assignment, $0) }
    }

    func score(_ judge: AssignmentJudge = .builtin) -> Score { withText { judge.score($0, in: $1) } }

    /// Groups and indices of all features, and the numbers for trees.
    func features() -> (found: [UInt32], dense: [Int32]) {
        withText { assignment, text in
            withUnsafeTemporaryAllocation(byteCount: AssignmentFeatures.scratchByteCount, alignment: 8) { scratch in
                // What stood there before must not matter.
                for index in scratch.indices { scratch[index] = 0xaa }
                let features = AssignmentFeatures(of: assignment, in: text, model: .builtin, scratch: scratch)
                var list = FeatureList()
                features.add(to: &list)
                let dense = [Int32](unsafeUninitializedCapacity: AssignmentFeatures.denseCount) { output, count in
                    features.writeDense(to: output)
                    count = AssignmentFeatures.denseCount
                }
                return (list.found, dense)
            }
        }
    }
}

/// Keeps what comes.
private struct FeatureList: FeatureSink {
    var found: [UInt32] = []

    mutating func add(_ group: FeatureGroup, _ index: Int) {
        found.append(UInt32(group.rawValue) << 24 | UInt32(index))
    }
}
