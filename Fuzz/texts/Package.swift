// swift-tools-version: 6.1
import PackageDescription

// A package of its own, because all of it is built with libFuzzer. The modules' sources are links. See `Scripts/fuzz`.
let package = Package(
    name: "fuzz-texts",
    targets: [
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CLiteralSearch"),
        .target(name: "CScrypt"),
        .target(name: "CTOML"),
        .target(name: "Platform"),
        .target(name: "Bytes", dependencies: ["CLiteralSearch", "CScrypt", "Platform"]),
        .target(name: "PCRE2", dependencies: ["CPCRE2"]),
        .target(name: "Zlib", dependencies: ["CZlib"]),
        .target(name: "Rules", dependencies: ["Bytes", "Platform", "CTOML"]),
        .target(name: "Findings", dependencies: ["Bytes", "Platform", "Rules"]),
        .target(name: "Judge", dependencies: ["Bytes"]),
        .target(
            name: "Scanner",
            dependencies: ["Bytes", "Platform", "Judge", "Rules", "Findings", "PCRE2", "CLiteralSearch", "Zlib"]),
        .target(name: "Verification", dependencies: ["Bytes", "Platform", "CCurl", "Rules"]),
        .target(name: "Reports", dependencies: ["Bytes", "Findings", "Rules"]),
        .executableTarget(
            name: "fuzz-texts", dependencies: ["Bytes", "Findings", "Reports", "Rules", "Scanner", "Verification"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

for target in package.targets where [.regular, .executable].contains(target.type) {
    target.swiftSettings = [.enableUpcomingFeature("InternalImportsByDefault")]
}
