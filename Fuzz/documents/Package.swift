// swift-tools-version: 6.1
import PackageDescription

// A package of its own, because all of it is built with libFuzzer. The modules' sources are links. See `Scripts/fuzz`.
let package = Package(
    name: "fuzz-documents",
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(name: "Zlib", dependencies: ["CZlib"]),
        .target(name: "CLiteralSearch"),
        .target(name: "CScrypt"),
        .target(name: "Platform"),
        .target(name: "Bytes", dependencies: ["CLiteralSearch", "CScrypt", "Platform"]),
        .target(name: "Documents", dependencies: ["Bytes", "Zlib"]),
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "Archives", dependencies: ["Bytes", "Platform", "CArchive", "Documents"]),
        .executableTarget(name: "fuzz-documents", dependencies: ["Archives", "Bytes", "Documents"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where [.regular, .executable].contains(target.type) {
    target.swiftSettings = [.enableUpcomingFeature("InternalImportsByDefault")]
}
