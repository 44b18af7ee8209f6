import ArgumentParser
import Findings
import Packages
import Pipeline
import ScanSources

/// What is published, or about to be: images of containers.
struct PublishedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Scan the images in a folder: an OCI layout, a folder of skopeo, an unpacked `docker save`, a registry's storage.",
            discussion: "An archive of an image is named as any file: windsock scan image.tar", valueName: "folder"),
        completion: .directory)
    var oci: String?

    @Option(
        help: ArgumentHelp(
            "Scan an image in a registry: NAME, NAME:TAG or NAME@DIGEST, of docker.io where no host is named.",
            discussion: "User and password come from docker's or podman's configuration; localhost is asked by http.",
            valueName: "name"))
    var image: String?

    @Flag(
        name: .customLong("package"),
        help: ArgumentHelp(
            "Scan exactly what the project in a folder would publish: npm, wheel and sdist, crate, gem, vsix, a build's context.",
            discussion: "windsock scan --package [FOLDER]; nothing of the project is run."))
    var packs = false

    @Option(
        help: ArgumentHelp(
            "What is published: npm, vsix, python, crate, gem or docker; may be given several times. Default: what the project's files say.",
            valueName: "kind"))
    var packageKind: [PackageKind] = []

    /// Whether something of it is scanned, and not files, git or a stream.
    var isUsed: Bool { oci != nil || image != nil || packs }

    func validate(_ selection: SelectionOptions, _ paths: [String]) throws {
        if !packs, !packageKind.isEmpty { throw ValidationError("--package-kind goes with --package.") }
        guard let name = names.first else { return }
        if names.count > 1 { throw ValidationError("Only one of --oci, --image and --package can be given.") }
        if selection.readsObjects || selection.uncommitted || selection.patch || selection.follow {
            throw ValidationError("\(name) goes with no other mode: it says what is scanned.")
        }
        if selection.hygiene == true { throw ValidationError("--hygiene goes without \(name).") }
        if packs, paths.count > 1 || paths == ["-"] {
            throw ValidationError("--package goes with one folder: windsock scan --package FOLDER")
        }
        if !packs, !paths.isEmpty { throw ValidationError("\(name) goes with no path: it says what is scanned.") }
    }

    /// The options that were given.
    private var names: [String] {
        [oci.map { _ in "--oci" }, image.map { _ in "--image" }, packs ? "--package" : nil].compactMap { $0 }
    }

    /// What is scanned; `nil`: none of it.
    ///
    /// - Parameters:
    ///   - paths: As the user has named them.
    ///   - allowsPrivateAddresses: Whether a registry may be outside of the public internet.
    func subject(_ paths: [String], allowsPrivateAddresses: Bool) throws(SourceError) -> ScanRequest.Subject? {
        if packs { return .package(paths.first ?? ".", packageKind) }
        if let image { return .image(try RegistryTarget.target(image, allowsPrivateAddresses: allowsPrivateAddresses)) }
        if let oci { return .image(ImageTarget(folder: oci)) }
        return nil
    }

    /// For a report that says why nothing was scanned.
    var mode: ScanMode? { packs ? .package : isUsed ? .image : nil }
}

extension PackageKind: ExpressibleByArgument {}
