import TestSupport
import Testing

@testable import Scanner

struct WordGroupsTests {
    private let groups = WordGroups([["${", "process.env"], ["example", "xxxxx", "<"], ["qwertyu"]])

    @Test(arguments: [
        ("", 0), ("plain", 0), ("a${b}", 1), ("PROCESS.ENV.KEY", 1), ("an ExamplE", 2), ("<", 2), ("xxxx", 0),
        ("xxxxx", 2),
        ("<qwertyuiop>", 6), ("${example}qwertyu", 7), ("examplexample-process.envprocess.env", 3),
    ])
    func eachGroupIsSeenOfWhichAWordStandsThere(value: String, expected: UInt64) {
        #expect(value.withBytes { groups.groups(in: $0) } == expected)
    }

    @Test func aWordIsSeenWhereverItStands() {
        for before in 0..<80 {
            for behind in [0, 1, 7, 40] {
                let value = String(repeating: ".", count: before) + "Example" + String(repeating: ".", count: behind)
                #expect(value.withBytes { groups.groups(in: $0) } == 2)
            }
        }
    }
}
