import PackFile
import TestSupport
import Testing

@Suite struct PackIndexTests {
    @Test func multiPackIndexServesAPackWithoutItsOwn() throws {
        let repository = PackedRepository()
        let names = Set(repository.objects(of: .blob).keys)
        // A second pack, so that the index has something to tell apart.
        repository.builder.store("another")
        repository.builder.git("repack", "-d", "--quiet")
        repository.builder.run(["hash-object", "-w", "--stdin"], input: "third")
        let loose = repository.builder.blob("third")
        repository.builder.run(["pack-objects", "--quiet", repository.folder + "/pack"], input: loose + "\n")
        repository.builder.git("multi-pack-index", "write")
        _ = Command.run(["rm", "-f", repository.stem + ".idx"])

        let plan = try PackPlan(repository.open())
        var seen: Set<String> = []
        let walker = PackWalker(plan, verifies: true)
        for unit in plan.workUnits(of: .blob) {
            walker.walk(unit) { step, _ -> Void? in
                if case .object(let object) = step { seen.insert(plan.name(of: object.entry)) }
                return nil
            }
        }
        #expect(seen == names)
        for entry in plan.entries(of: .tree) { #expect(plan.entry(id: plan.id(of: entry)) == entry) }
    }

    @Test func packWithoutAnyIndexIsRefused() throws {
        let repository = PackedRepository()
        _ = Command.run(["rm", "-f", repository.stem + ".idx"])
        let error = #expect(throws: PackError.self) { try repository.open() }
        #expect(error?.kind == .unreadable)
        #expect(error?.description == "could not read \(repository.stem).idx: No such file or directory")
    }

    @Test func versionOneIsNotSupported() throws {
        let repository = PackedRepository()
        repository.makeIndex(version: "1")
        let error = #expect(throws: PackError.self) { try repository.open() }
        #expect(error?.kind == .unsupported)
        #expect(error?.message == "it is an index of version 1")
    }

    @Test func sha256IsNotSupported() throws {
        let builder = RepositoryBuilder(options: ["--object-format=sha256"])
        builder.commit("one", ["a": "1", "b": "2"])
        let repository = PackedRepository(builder)
        let error = #expect(throws: PackError.self) { try repository.open() }
        #expect(error?.kind == .unsupported)
        #expect(error?.message == "its ids are of SHA-256")
        builder.git("multi-pack-index", "write")
        _ = Command.run(["rm", "-f", repository.stem + ".idx"])
        let shared = #expect(throws: PackError.self) { try repository.open() }
        #expect(shared?.message == "its ids are not of SHA-1")
    }

    @Test func largeBinaryFilesAreRead() throws {
        let builder = RepositoryBuilder()
        var random = SeededGenerator(seed: 11)
        let bytes = (0..<3_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        for revision in 0..<4 {
            let content =
                bytes[..<1_500_000] + [UInt8](repeating: UInt8(revision), count: 70_000 * revision)
                + bytes[1_500_000...]
            builder.directory.write(Array(builder.relative("large").utf8), Array(content))
            builder.commit("revision \(revision)")
        }
        let repository = PackedRepository(builder)
        let plan = try PackPlan(repository.open())
        let objects = repository.objects(of: .blob)
        #expect(objects.count == 4)
        let walker = PackWalker(plan, verifies: true)
        for unit in plan.workUnits(of: .blob) {
            walker.walk(unit) { step, _ -> Void? in
                guard case .object(let object) = step else {
                    Issue.record("\(step)")
                    return nil
                }
                #expect(Array(object.content) == objects[plan.name(of: object.entry)])
                return nil
            }
        }
    }
}
