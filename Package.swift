// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "windsock",
    products: [
        .library(name: "Windsock", targets: ["Windsock"]),
        .executable(name: "windsock", targets: ["WindsockCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .systemLibrary(
            name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(
            name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        // Its header is used, and the library loaded when it is needed: no pkg-config, nothing to link.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CCrypto", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .systemLibrary(
            name: "CLibdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CLiteralSearch"),
        .target(name: "CScrypt"),
        .target(name: "Platform"),
        .target(name: "Bytes", dependencies: ["CLiteralSearch", "CScrypt", "Platform"]),
        .target(name: "PCRE2", dependencies: ["CPCRE2"]),
        .target(name: "Zlib", dependencies: ["CZlib"]),
        .target(name: "CCertificates", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "Git", dependencies: ["Bytes", "Platform", "CLibgit2", "CCertificates", "Zlib"]),
        .target(name: "CInflate"),
        // toml++ is a header alone, which its pkg-config file would link a library for.
        .target(name: "CTOML"),
        .target(name: "PackFile", dependencies: ["Bytes", "Platform", "CInflate", "CLibdeflate", "Zlib"]),
        .target(name: "Rules", dependencies: ["Bytes", "Platform", "CTOML"]),
        .executableTarget(name: "RuleCompiler", dependencies: ["Platform", "Rules"]),
        .plugin(name: "CompileRules", capability: .buildTool(), dependencies: ["RuleCompiler"]),
        .target(name: "BuiltinRules", dependencies: ["Rules"], plugins: ["CompileRules"]),
        // libarchive is loaded when it is needed; what is used of it is declared there.
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "Documents", dependencies: ["Bytes", "Zlib"]),
        .target(name: "Archives", dependencies: ["Bytes", "Platform", "CArchive", "Documents"]),
        // An image's layers are gigabytes, each of which is compared with its digest.
        .target(name: "CDigest"),
        .target(name: "Images", dependencies: ["Bytes", "Platform", "Archives", "CDigest", "Findings"]),
        .target(name: "Findings", dependencies: ["Bytes", "Platform", "Rules"]),
        .target(name: "Judge", dependencies: ["Bytes"]),
        .target(
            name: "Scanner",
            dependencies: ["Bytes", "Platform", "Judge", "Rules", "Findings", "PCRE2", "CLiteralSearch", "Zlib"]),
        .target(name: "ScanSources", dependencies: ["Bytes", "Platform", "Findings", "Git"]),
        .target(name: "History", dependencies: ["Bytes", "Platform", "Findings", "Git", "PackFile", "ScanSources"]),
        .target(name: "Windsock", dependencies: ["Bytes", "Findings", "Rules", "BuiltinRules", "Scanner"]),
        .target(name: "Verification", dependencies: ["Bytes", "Platform", "CCurl", "CCrypto", "Rules"]),
        .target(name: "Forges", dependencies: ["Bytes", "Platform", "Rules", "Findings", "Verification"]),
        .target(
            name: "LanguageModel",
            dependencies: ["Bytes", "Platform", "Rules", "Findings", "Scanner", "Reports", "Verification"]),
        .target(
            name: "Packages", dependencies: ["Bytes", "Platform", "Rules", "Git", "ScanSources"]),
        .target(
            name: "Registry",
            dependencies: ["Bytes", "Platform", "Rules", "Findings", "Archives", "Git", "Images", "Verification"]),
        .target(name: "Reports", dependencies: ["Bytes", "Findings", "Rules"]),
        .target(name: "Store", dependencies: ["Bytes", "Platform", "CSQLite", "Rules", "Findings"]),
        .target(name: "Screen", dependencies: ["Bytes", "Findings", "Reports", "Rules", "Store"]),
        .target(name: "Remediation", dependencies: ["Bytes"]),
        .target(
            name: "Hygiene", dependencies: ["Bytes", "Rules", "Findings", "Scanner", "ScanSources"]),
        .target(
            name: "Pipeline",
            dependencies: [
                "Bytes", "Platform", "Rules", "Findings", "Archives", "Documents", "Scanner", "Git", "PackFile",
                "ScanSources", "History",
                "Hygiene", "Images", "Packages",
            ]),
        .executableTarget(
            name: "WindsockCommand",
            dependencies: [
                "Bytes", "Documents", "Platform", "Rules", "Findings", "Git", "Scanner", "ScanSources", "History",
                "Hygiene",
                "Pipeline", "Remediation",
                "Reports", "LanguageModel", "Store", "Screen", "Images", "Registry", "Packages",
                "BuiltinRules", "Verification", "Forges",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // The code of README.md and other documents, built with the tests.
        .executableTarget(
            name: "EmbedExample", dependencies: ["Windsock", "BuiltinRules", "Rules", "Scanner"], path: "Examples/embed"
        ),
        .executableTarget(
            name: "MatcherBenchmark", dependencies: ["Rules", "Scanner", "BuiltinRules", "TestSupport"],
            path: "Benchmarks/matcher"),
        .executableTarget(
            name: "ListAssignments", dependencies: ["Judge", "Scanner", "Rules", "BuiltinRules"],
            path: "Training/judge/list-assignments"),
        .target(
            name: "TestSupport", dependencies: ["Platform", "Rules"], path: "Tests/TestSupport",
            exclude: ["provider.py", "forge.py", "terminal.py", "registry.py"]),
        .testTarget(name: "BytesTests", dependencies: ["Bytes", "CLiteralSearch", "TestSupport"]),
        .testTarget(name: "FindingsTests", dependencies: ["Findings", "Bytes", "Rules", "TestSupport"]),
        .testTarget(name: "JudgeTests", dependencies: ["Judge"], exclude: ["golden.tsv"]),
        .testTarget(name: "PCRE2Tests", dependencies: ["PCRE2", "TestSupport"]),
        .testTarget(name: "ZlibTests", dependencies: ["Zlib", "CZlib", "TestSupport"]),
        .testTarget(name: "GitTests", dependencies: ["Bytes", "Git", "TestSupport"]),
        .testTarget(
            name: "PackFileTests", dependencies: ["Bytes", "PackFile", "CInflate", "CLibdeflate", "TestSupport"]),
        .testTarget(name: "RulesTests", dependencies: ["Rules", "PCRE2", "BuiltinRules", "TestSupport"]),
        .testTarget(
            name: "ScannerTests",
            dependencies: [
                "Bytes", "Platform", "Findings", "Scanner", "PCRE2", "BuiltinRules", "CLiteralSearch", "TestSupport",
            ]),
        .target(
            name: "SourceTestSupport", dependencies: ["Findings", "Git", "ScanSources"],
            path: "Tests/SourceTestSupport"),
        .testTarget(name: "ArchivesTests", dependencies: ["Archives"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Bytes", "Documents", "TestSupport"]),
        .testTarget(
            name: "ImagesTests", dependencies: ["Archives", "Bytes", "CDigest", "Findings", "Images", "TestSupport"]),
        .testTarget(name: "RegistryTests", dependencies: ["Images", "Registry", "TestSupport", "Verification"]),
        .testTarget(name: "PackagesTests", dependencies: ["Packages", "TestSupport"]),
        .testTarget(name: "WindsockTests", dependencies: ["Windsock", "TestSupport"]),
        .testTarget(
            name: "ScanSourcesTests",
            dependencies: ["Bytes", "Platform", "Findings", "ScanSources", "Git", "SourceTestSupport", "TestSupport"]),
        .testTarget(
            name: "HistoryTests",
            dependencies: [
                "Bytes", "Platform", "Findings", "History", "ScanSources", "Git", "SourceTestSupport", "TestSupport",
            ]),
        .testTarget(
            name: "VerificationTests", dependencies: ["Bytes", "Verification", "Rules", "TestSupport"]),
        .testTarget(name: "ForgesTests", dependencies: ["Forges", "TestSupport"]),
        .testTarget(
            name: "LanguageModelTests",
            dependencies: [
                "BuiltinRules", "Bytes", "Findings", "LanguageModel", "Remediation", "Rules", "Scanner", "TestSupport",
                "Verification",
            ]),
        .testTarget(name: "RemediationTests", dependencies: ["Remediation", "TestSupport"]),
        .testTarget(name: "StoreTests", dependencies: ["Bytes", "Store", "Findings", "Rules", "TestSupport"]),
        .testTarget(
            name: "ScreenTests", dependencies: ["Bytes", "Findings", "Rules", "Screen", "Store", "TestSupport"]),
        .testTarget(name: "ReportsTests", dependencies: ["Bytes", "Reports", "Findings", "Rules"]),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Bytes", "Findings", "Pipeline", "History", "Reports", "Rules", "ScanSources", "Scanner",
                "BuiltinRules",
                "TestSupport",
            ]),
        .testTarget(
            name: "HygieneTests",
            dependencies: ["Bytes", "Findings", "Git", "Hygiene", "Rules", "ScanSources", "TestSupport"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Archives", "Bytes", "Platform", "Findings", "Remediation", "Reports", "Store", "WindsockCommand",
                "TestSupport",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// An import is a promise to clients only where it says `public`.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + [.enableUpcomingFeature("InternalImportsByDefault")]
}

// What is released is to be small: there, modules in which a scan spends no time are made for size. Nobody else's build asks for it,
// for what asks for flags cannot be depended on.
if Context.environment["WINDSOCK_IS_SMALL"] != nil {
    let cold: Set = [
        "WindsockCommand", "Reports", "LanguageModel", "Verification", "Store", "Remediation", "Hygiene",
    ]
    for target in package.targets where cold.contains(target.name) {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-Osize"])]
    }
}
