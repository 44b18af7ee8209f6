import Findings
import Foundation
import TestSupport
import Testing

@testable import Store

/// Stores that are old, new, damaged, locked, or none.
@Suite struct StoreFileTests {
    let directory = TemporaryDirectory()
    private var path: String { directory("audit.sqlite") }

    private func failure(_ body: () throws -> Void) -> StoreError? {
        do { try body() } catch let error as StoreError { return error } catch { Issue.record(error) }
        return nil
    }

    @Test func onlyItsOwnerReadsIt() throws {
        _ = try Store(path, for: .writing)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func anOldOneBecomesANewOneAndACopyStays() throws {
        try Store(path, for: .writing, steps: Schema.steps).record(StoredFinding.recording([StoredFinding.finding(1)]))
        let steps = Schema.steps + ["ALTER TABLE secrets ADD COLUMN colour TEXT;\nUPDATE secrets SET colour = 'red';\n"]
        let reading = failure { _ = try Store(path, for: .reading, steps: steps) }
        #expect(reading?.description.contains("has to be brought up first") == true)
        let store = try Store(path, for: .writing, steps: steps)
        #expect(try store.database.first("SELECT colour FROM secrets") { $0.text(0) } == "red")
        #expect(try store.content().secrets.count == 1)
        let copy = try Store("\(path).v\(Schema.steps.count)", for: .reading)
        #expect(try copy.content().secrets.count == 1)
        #expect(failure { _ = try copy.database.first("SELECT colour FROM secrets") { $0.text(0) } } != nil)
        #expect(failure { _ = try Store(path, for: .writing) }?.kind == .newer)
    }

    /// A report may be the first that looks at a store which an earlier version has written.
    @Test func whoReadsAnOldOneBringsItUp() throws {
        let earlier = Array(Schema.steps.dropLast())
        _ = try Store(path, for: .writing, steps: earlier)
        let store = try Store(path, for: .reading)
        #expect(try store.content().secrets.isEmpty)
        let copy = try Store("\(path).v\(earlier.count)", for: .reading, steps: earlier)
        #expect(copy.path.hasSuffix("v\(earlier.count)"))
    }

    @Test func aStepThatFailsLeavesTheOldOne() throws {
        try Store(path, for: .writing).record(StoredFinding.recording([StoredFinding.finding(1)]))
        let steps = Schema.steps + ["ALTER TABLE secrets ADD COLUMN colour TEXT;\nUPDATE nothing SET colour = 1;\n"]
        #expect(failure { _ = try Store(path, for: .writing, steps: steps) } != nil)
        #expect(try Store(path, for: .writing).content().secrets.count == 1)
    }

    @Test func whatIsNoStoreIsRefusedAndStaysAsItIs() throws {
        directory.write(
            "text", "not a database, but longer than the head of one would be: " + String(repeating: "x", count: 200))
        try FileManager.default.createDirectory(atPath: directory("folder"), withIntermediateDirectories: false)
        for (name, kind) in [("text", StoreError.Kind.foreign), ("folder", .foreign), ("missing/x", .other)] {
            #expect(failure { _ = try Store(directory(name), for: .writing) }.map(\.kind) != nil, "\(kind)")
        }
        #expect(failure { _ = try Store(directory("text"), for: .writing) }?.kind == .foreign)
        #expect(failure { _ = try Store(directory("nowhere"), for: .reading) }?.kind == .missing)
        #expect(!FileManager.default.fileExists(atPath: directory("nowhere")))
        let other = try Database(directory("other"), isWritable: true, mustExist: false)
        try other.run("CREATE TABLE cats (name TEXT)")
        let refusal = failure { _ = try Store(directory("other"), for: .writing) }
        #expect(refusal?.description.contains("another program's database") == true)
    }

    @Test func damageIsNamed() throws {
        let store = try Store(path, for: .writing)
        let findings = (0..<200).map { StoredFinding.finding($0) }
        try store.record(StoredFinding.recording(findings))
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        for index in 4096..<bytes.count { bytes[index] = 0x5a }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let error = failure { _ = try Store(path, for: .reading).content() }
        #expect(error?.kind == .damaged)
        #expect(error?.description.contains("put back a copy") == true)
    }

    @Test func whoFindsItLockedSaysSo() throws {
        let first = try Store(path, for: .writing)
        try first.database.run("BEGIN IMMEDIATE")
        let second = try Store(path, for: .writing, steps: Schema.steps, patience: 50)
        let error = failure { try second.record(StoredFinding.recording([])) }
        #expect(error?.kind == .locked)
        try first.database.run("ROLLBACK")
        try second.record(StoredFinding.recording([]))
    }

    @Test func manyMayWriteAtOnce() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask { [path] in
                    let store = try Store(path, for: .writing)
                    for round in 0..<5 {
                        let findings = [StoredFinding.finding(round), StoredFinding.finding(100 + number)]
                        try store.record(StoredFinding.recording(findings, of: "acme/r\(number)"))
                    }
                }
            }
            try await group.waitForAll()
        }
        let content = try Store(path, for: .reading).content()
        #expect(content.secrets.count == 11)
        #expect(content.repositories.count == 6)
        #expect(content.secrets.allSatisfy { Set($0.sightings.map(\.repository)).count == $0.sightings.count })
    }

    @Test func aFullDiskLosesNothingThatWasThere() throws {
        let store = try Store(path, for: .writing)
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        // As if the disk had no more pages.
        let pages = try #require(try store.database.first("PRAGMA page_count") { $0.integer(0) })
        try store.database.run("PRAGMA max_page_count = \(pages)")
        let findings = (0..<300).map { StoredFinding.finding($0) }
        let error = failure { _ = try store.record(StoredFinding.recording(findings, of: "acme/other")) }
        #expect(error?.kind == .full, "\(String(describing: error))")
        let content = try Store(path, for: .reading).content()
        #expect(content.secrets.count == 1 && content.repositories.count == 1)
    }

    /// A file that somebody has made beforehand is filled as one that windsock makes.
    @Test func anEmptyFileBecomesPrivate() throws {
        let directory = TemporaryDirectory()
        directory.write("empty.sqlite", "")
        #expect(chmod(directory("empty.sqlite"), 0o644) == 0)
        let store = try Store(directory("empty.sqlite"), for: .writing)
        #expect(!store.isOpenToOthers)
        #expect(chmod(directory("empty.sqlite"), 0o640) == 0)
        #expect(store.isOpenToOthers)
    }
}
