// swift-tools-version: 6.1
import PackageDescription

// A package of its own, because all of it is built with libFuzzer. The modules' sources are links. See `Scripts/fuzz-pack`.
let package = Package(
    name: "fuzz-pack",
    targets: [
        .systemLibrary(name: "CLibdeflate", pkgConfig: "libdeflate"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(name: "Zlib", dependencies: ["CZlib"]),
        .target(name: "CInflate"),
        .target(name: "CLiteralSearch"),
        .target(name: "CScrypt"),
        .target(name: "Platform"),
        .target(name: "Bytes", dependencies: ["CLiteralSearch", "CScrypt", "Platform"]),
        .target(name: "PackFile", dependencies: ["Bytes", "Platform", "CInflate", "CLibdeflate", "Zlib"]),
        .executableTarget(name: "fuzz-pack", dependencies: ["PackFile", "CInflate", "CLibdeflate"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where [.regular, .executable].contains(target.type) {
    target.swiftSettings = [.enableUpcomingFeature("InternalImportsByDefault")]
}
