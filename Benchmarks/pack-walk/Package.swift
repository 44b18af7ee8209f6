// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody who builds windsock builds this. The modules' sources are links.
let package = Package(
    name: "pack-walk",
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
        .executableTarget(name: "pack-walk", dependencies: ["PackFile"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where [.regular, .executable].contains(target.type) {
    target.swiftSettings = [.enableUpcomingFeature("InternalImportsByDefault")]
}
