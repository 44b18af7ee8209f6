import Testing

@testable import Reports

struct ShortTests {
    @Test func aPlaceIsALine() {
        #expect(
            written(Sample.result(), as: .short)
                == "src/config.py:12:20: high mistral-api-key: q7Rw…1UaE, high confidence, A Mistral AI API key.\n")
    }

    @Test func everyPlaceHasItsOwn() {
        let lines = written(Sample.full, as: .short).split(separator: "\n")
        #expect(lines.count == 17)
        #expect(lines.dropLast().allSatisfy { $0.contains(#/^[^:]+:[0-9]+:[0-9]+: (high|medium) [a-z-]+: /#) })
        #expect(lines.first?.contains("commit 1a2b3c4d5e") == true)
        #expect(lines.last == "objects/ab/cdef: not read: the object is corrupt")
    }

    @Test func nothingIsWrittenOfNothing() { #expect(written(Sample.result([]), as: .short) == "") }
}
