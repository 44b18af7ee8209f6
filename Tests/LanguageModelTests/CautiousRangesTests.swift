import BuiltinRules
import Findings
import Rules
import Scanner
import TestSupport
import Testing

@testable import LanguageModel

/// What requests mask beyond what a scan hides: each value is made for this, and none of its pieces may be shown.
@Suite struct CautiousRangesTests {
    private static let engine = ScanEngine(.builtin)
    private static let value = key(2340)

    private static func key(_ seed: UInt64) -> String {
        var keys = SeededGenerator(seed: seed)
        return keys.key(32)
    }

    private static func codes(_ form: (UInt8) -> String, _ separator: String = ", ") -> String {
        value.utf8.map(form).joined(separator: separator)
    }

    private func shown(_ text: String) throws -> [String] {
        let bytes = Array("\(text)\nend()\nMISTRAL_API_KEY = '\(Self.key(2341))'\n".utf8)
        let found = bytes.withUnsafeBytes { BlobScanner(engine: Self.engine).scan($0, path: "a.txt") }.detections
        let own = try #require(found.first { Self.engine.rules[$0.ruleIndex].id.hasPrefix("mistral") })
        return ExcerptMaker(engines: [Self.engine]).excerpt(
            of: bytes, path: "a.txt", around: own.region, secret: own.secret
        ).lines.map(\.shown)
    }

    @Test(
        arguments: [
            "API_KEY = bytes([\(codes { "\($0)" })])", "var apiKey = String.fromCharCode(\(codes({ "\($0)" }, ",")))",
            "k = [\(codes { "\($0 ^ 1)" })]", "x = []byte{\(codes { "'\(String(UnicodeScalar($0)))'" })}",
            "key = \"\(codes({ String($0, radix: 16) }, " "))\"", "key = \(codes({ String($0, radix: 16) }, ":"))",
            "x = \"\(codes({ String(256 + Int($0), radix: 2).dropFirst().description }, " "))\"",
        ])
    func listsOfNumbersAreMasked(line: String) throws {
        let first = try #require(try shown(line).first)
        let rest = first.filter(\.isNumber)
        #expect(rest.count < 6, "\(first)")
    }

    /// A line with a value, and the pieces of it.
    @Test(
        arguments: [
            ("password = 'Gull7x' + 'Tern8y' + 'Auk99z'", ["Gull7x", "Tern8y", "Auk99z"]),
            ("password: Gull Tern Auk99 Puf", ["Gull", "Auk99"]), ("# passphrase: quiet umbrella falls", ["umbrella"]),
            ("# the old password was Gannet44", ["Gannet44"]), ("Password for staging is `Gannet44`.", ["Gannet44"]),
            ("Das Passwort lautet Gannet44.", ["Gannet44"]), ("# pw Gannet44", ["Gannet44"]),
            ("USERS = [('admin', 'Sparrow8819')]", ["Sparrow8819"]), ("| admin | Sparrow8812 |", ["Sparrow8812"]),
            ("user,password\njane,Sparrow8813", ["Sparrow8813"]), ("<password>\nSparrow8820\n</password>", ["8820"]),
            ("if pin == 73915526: ok()", ["73915526"]), ("otp_seed = 482913", ["482913"]),
            ("token = f\"{'a1b2c3d4e5'}{'f6g7h8i9j0'}\"", ["a1b2c3d4e5", "f6g7h8i9j0"]),
            ("password = 'Auk1'\npassword += 'Tern2'", ["Auk1", "Tern2"]),
            (
                "w = 'letter advice cage absurd amount doctor acoustic avoid letter advice cage above'",
                ["absurd", "above"]
            ),
            (
                "w = ['letter', 'advice', 'cage', 'absurd', 'amount', 'doctor', 'acoustic', 'avoid', 'cage', 'above', 'act']",
                ["absurd", "above"]
            ),
        ])
    func piecesAndWeakValuesAreMasked(text: String, pieces: [String]) throws {
        let all = try shown(text).joined(separator: "\n")
        for piece in pieces { #expect(!all.contains(piece), "\(all)") }
    }

    @Test(arguments: [
        "import sys, os", "def login(user):", "print('hello', \"world\")", "version = '1.2.3'",
        "const keys = Object.keys(x);", "for monkey in zoo: feed(monkey)", "password = os.environ['DB_PASSWORD']",
    ])
    func codeStays(line: String) throws { #expect(try shown(line).first == line) }

    @Test(arguments: [
        ("# Author: Grace Ferry", "Grace"), ("Signed-off-by: Grace Ferry <x@ferry.example>", "Grace"),
        ("__author__ = \"Grace Ferry\"", "Grace"), ("# Copyright 2024 Grace Ferry", "Grace"),
        ("# /export/home/grace/x", "grace"), ("# /var/home/grace/x", "grace"), ("cd ~grace/x", "grace"),
        ("# jané.döer@ferry.example", "jan"), ("u = 'x=grace%40ferry.example'", "grace"),
        ("url = https://github.com/ferry/boats", "boats"), ("module github.com/ferry/boats", "ferry"),
        ("git clone ssh://git@host.ferry.example:22/harbour/boats", "boats"), ("host.ferry:harbour/boats.git", "boats"),
    ])
    func peopleAndRemotesAreMasked(line: String, hidden: String) throws {
        #expect(try shown(line).first?.contains(hidden) == false)
    }

    @Test func whatIsToBeHiddenIsHiddenWhereverItStands() throws {
        let bytes = Array("x = go(Wren)\ny = 1 ++ kingfisher-river\nMISTRAL_API_KEY = '\(Self.key(2342))'\n".utf8)
        let found = bytes.withUnsafeBytes { BlobScanner(engine: Self.engine).scan($0, path: "a.txt") }.detections
        let own = try #require(found.first)
        let excerpt = ExcerptMaker(engines: [Self.engine]).excerpt(
            of: bytes, path: "a.txt", around: own.region, secret: own.secret,
            others: [.init(startLine: 1, startColumn: 8, endLine: 1, endColumn: 12)],
            hiding: [Array("kingfisher-river".utf8)])
        #expect(excerpt.lines.prefix(2).map(\.shown) == ["x = go(__MASKED__)", "y = 1 ++ __MASKED__"])
    }
}
