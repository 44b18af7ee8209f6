import Foundation
import Rules
import TestSupport
import Testing

@testable import Scanner

/// Patterns run in windows around keywords must find what they find in the whole text.
struct WindowedMatchingTests {
    private let reference = ReferenceMatcher(engine: BuiltinEngine.shared)

    /// The texts of all examples of all rules.
    private static let examples: [String] = RuleFolder.names.flatMap { name in
        let rules = try? RuleFolder.file(name).rules
        return (rules ?? []).flatMap(\.examples).map(\.text)
    }

    /// Records where the two ways differ, and returns how many claims there are.
    private func compare(_ text: [UInt8], path: String) -> Int {
        text.withUnsafeBytes { bytes in
            let (expected, givenUp) = reference.reference(bytes, path: path)
            let actual = reference.windowed(bytes, path: path)
            for claim in expected.symmetricDifference(actual) where !givenUp.contains(claim.rule) {
                let kind = expected.contains(claim) ? "missed in windows" : "found in windows only"
                let around = max(0, claim.secret.lowerBound - 120)..<min(text.count, claim.secret.upperBound + 120)
                Issue.record("\(kind): \(path): \(claim) in \(String(decoding: text[around], as: UTF8.self))")
            }
            return expected.count
        }
    }

    @Test(arguments: [1, 2, 3, 4]) func windowsFindWhatTheWholeTextHolds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var found = 0
        for _ in 0..<25 {
            let parts = (0..<Int.random(in: 1...25, using: &generator)).compactMap { _ in
                Self.examples.randomElement(using: &generator)
            }
            let separator = ["\n", "\n\n", " ", "\r\n", "\n# filler\n\n"].randomElement(using: &generator) ?? ""
            found += compare(Array(parts.joined(separator: separator).utf8), path: "file.txt")
        }
        #expect(found > 100)
    }

    // MARK: Trees of yours

    private static let environment = ProcessInfo.processInfo.environment

    /// `WINDSOCK_REFERENCE_TREE=path swift test --filter filesOfATree` compares on the files of a tree;
    /// `WINDSOCK_REFERENCE_MEGABYTES` says how much text of it, 40 unless told: every so many files, in order of path.
    @Test(.enabled(if: environment["WINDSOCK_REFERENCE_TREE"] != nil))
    func windowsFindWhatTheFilesOfATreeHold() throws {
        let root = try #require(Self.environment["WINDSOCK_REFERENCE_TREE"])
        let limit = (Self.environment["WINDSOCK_REFERENCE_MEGABYTES"].flatMap(Int.init) ?? 40) * 1_000_000
        let names = try FileManager.default.subpathsOfDirectory(atPath: root).sorted().filter {
            !$0.split(separator: "/").contains(".git")
        }
        let files = names.compactMap { name -> (path: String, size: Int)? in
            let attributes = try? FileManager.default.attributesOfItem(atPath: root + "/" + name)
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
            return (name, attributes?[.size] as? Int ?? 0)
        }
        let step = max(1, (files.reduce(0) { $0 + $1.size } + limit - 1) / limit)
        var (read, claims, bytes) = (0, 0, 0)
        for index in stride(from: 0, to: files.count, by: step) {
            guard let content = FileManager.default.contents(atPath: root + "/" + files[index].path) else { continue }
            let text = Array(content)
            guard case .utf8 = text.withUnsafeBytes({ TextEncoding($0) }) else { continue }
            claims += compare(text, path: files[index].path)
            read += 1
            bytes += text.count
        }
        print(
            "\(read) of \(files.count) files, \(bytes) bytes: \(claims) claims, the same both ways unless it says otherwise"
        )
        #expect(read > 0)
    }
}
