internal import Archives
internal import Bytes
package import Findings

/// The images that an archive, a folder or a registry has.
package struct ImageCatalog: Sendable {
    package private(set) var images: [Image] = []
    /// What of them could not be read.
    package private(set) var problems: [Problem] = []
    private let files: any ImageFiles
    private let subject: String
    /// Manifests that were read: an index may name itself, or one twice.
    private var seen: Set<ImageDigest> = []

    private static let maximumDocument = 16 << 20
    private static let maximumLayers = 1000
    private static let maximumImages = 1000
    private static let maximumDepth = 4

    /// - Parameters:
    ///   - files: Where they are kept.
    ///   - subject: What problems are called by.
    package init(of files: any ImageFiles, subject: String) {
        self.files = files
        self.subject = subject
        var isLayout = false
        if files.size(of: "index.json") != nil, let index = document(at: "index.json") {
            isLayout = true
            read(index, digest: nil, Reading())
        }
        if files.size(of: "manifest.json") != nil, let list = document(at: "manifest.json") {
            switch list.kind {
            case .array: list.elements.prefix(Self.maximumImages).forEach { readSaved($0, isLayout: isLayout) }
            // A folder as skopeo writes it has one manifest.
            default: read(list, digest: nil, Reading())
            }
        }
        for (name, digest) in (files as? FolderFiles)?.registryTags() ?? [] {
            read(Descriptor(digest: digest, name: name))
        }
        merge()
        if images.isEmpty, problems.isEmpty {
            note("holds no image: neither index.json, manifest.json nor a registry's repositories were found")
        }
    }

    /// The images that a manifest or an index stands for.
    ///
    /// - Parameter root: The digest of it, which `files` must have.
    package init(of files: any ImageFiles, root: ImageDigest, name: String, subject: String) {
        self.files = files
        self.subject = subject
        read(Descriptor(digest: root, name: name))
    }

    // MARK: Manifests

    /// What an index says of a manifest.
    private struct Descriptor {
        var digest: ImageDigest
        var size: Int?
        var name: String?
        var platform: String?
        var isAttestation = false

        init(digest: ImageDigest, name: String?) {
            self.digest = digest
            self.name = name
        }

        init?(_ node: JSONNode) {
            guard let digest = node[name: "digest"]?.text.flatMap({ ImageDigest($0) }) else { return nil }
            self.digest = digest
            size = node[name: "size"]?.integer
            let notes = node[name: "annotations"]
            name =
                (notes?[name: "io.containerd.image.name"] ?? notes?[name: "org.opencontainers.image.ref.name"])?.text
            isAttestation = notes?[name: "vnd.docker.reference.type"]?.text == "attestation-manifest"
            let platform = node[name: "platform"]
            let words = ["os", "architecture", "variant"].compactMap { platform?[name: $0]?.text }
                .filter { !$0.isEmpty && $0 != "unknown" }
            self.platform = words.isEmpty ? nil : words.joined(separator: "/")
        }
    }

    /// How one came to a manifest.
    private struct Reading {
        var depth = 0
        var name: String?
        var platform: String?
        var isAttestation = false
    }

    private mutating func read(_ descriptor: Descriptor, _ outer: Reading = Reading()) {
        guard outer.depth < Self.maximumDepth else {
            return note("\(descriptor.digest): indexes name one another without end")
        }
        guard images.count < Self.maximumImages else {
            return note("\(descriptor.digest): there are more than \(Self.maximumImages) images, and it was not read")
        }
        if !seen.insert(descriptor.digest).inserted {
            if let name = descriptor.name,
                let index = images.firstIndex(where: { $0.digest == descriptor.digest.description }),
                !images[index].names.contains(name)
            {
                images[index].names.append(name)
            }
            return
        }
        guard let node = document(of: descriptor.digest, size: descriptor.size, what: "manifest") else { return }
        var reading = outer
        reading.depth += 1
        reading.name = descriptor.name ?? outer.name
        reading.platform = descriptor.platform ?? outer.platform
        reading.isAttestation = descriptor.isAttestation
        read(node, digest: descriptor.digest, reading)
    }

    private mutating func read(_ node: JSONNode, digest: ImageDigest?, _ reading: Reading) {
        let name = digest?.description ?? "the manifest"
        if let manifests = node[name: "manifests"] {
            for entry in manifests.elements {
                guard let descriptor = Descriptor(entry) else {
                    note("\(name): names a manifest by what is no digest")
                    continue
                }
                read(descriptor, reading)
            }
        } else if node[name: "layers"] != nil || node[name: "config"] != nil {
            readManifest(node, digest, reading)
        } else if node[name: "fsLayers"] != nil {
            note(
                "\(name): is a manifest of the first version, which is not read; push the image again with a newer client"
            )
        } else {
            note("\(name): is no manifest of an image")
        }
    }

    private mutating func readManifest(_ node: JSONNode, _ digest: ImageDigest?, _ reading: Reading) {
        var image = Image(
            digest: digest?.description ?? "", names: [reading.name].compactMap { $0 }, platform: reading.platform,
            config: nil, layers: [])
        if let descriptor = node[name: "config"] {
            image.config = config(descriptor, isAttestation: reading.isAttestation)
            if image.digest.isEmpty { image.digest = image.config?.digest?.description ?? "" }
        }
        if image.platform == nil { image.platform = reading.isAttestation ? "attestation" : image.config?.platform }
        let nodes = node[name: "layers"]?.elements ?? []
        let commands = image.config?.commands ?? []
        for (index, layer) in nodes.prefix(Self.maximumLayers).enumerated() {
            // A builder that joins layers leaves the history as it was: then nobody knows which command made what.
            let command = commands.count == nodes.count ? commands[index] : nil
            if let layer = self.layer(layer, command: command) { image.layers.append(layer) }
        }
        if nodes.count > Self.maximumLayers {
            note("\(image.digest): has \(nodes.count) layers; the first \(Self.maximumLayers) were read")
        }
        images.append(image)
    }

    private mutating func layer(_ node: JSONNode, command: String?) -> ImageLayer? {
        guard let digest = node[name: "digest"]?.text.flatMap({ ImageDigest($0) }) else {
            note("a layer is named by what is no digest, and was not read")
            return nil
        }
        let type = node[name: "mediaType"]?.text ?? ""
        let path = files.path(of: digest)
        if path == nil, type.contains("foreign") || type.contains("nondistributable") || node[name: "urls"] != nil {
            let address = node[name: "urls"]?.elements.first?.text
            note(
                "\(digest): is a foreign layer, which is kept elsewhere\(address == nil ? "" : " by whoever made it"), and was not read",
                advice: "if it matters, scan it where it is kept")
            return nil
        }
        guard let path else {
            note("\(digest): is not there, and was not read", advice: "pull or export the image again")
            return nil
        }
        return ImageLayer(
            digest: digest, path: path, size: node[name: "size"]?.integer, mediaType: type,
            command: command.flatMap { $0.isEmpty ? nil : BuildArguments($0).command })
    }

    private mutating func config(_ node: JSONNode, isAttestation: Bool) -> ImageConfig? {
        guard let digest = node[name: "digest"]?.text.flatMap({ ImageDigest($0) }) else {
            note("the configuration is named by what is no digest, and was not read")
            return nil
        }
        // What holds no image, a chart for example, has an empty one.
        guard let document = document(of: digest, size: node[name: "size"]?.integer, what: "configuration") else {
            return nil
        }
        return ImageConfig(document, digest: digest)
    }

    // MARK: docker save

    /// An element of the list that `docker save` writes.
    private mutating func readSaved(_ node: JSONNode, isLayout: Bool) {
        let names = node[name: "RepoTags"]?.elements.compactMap(\.text) ?? []
        let paths = node[name: "Layers"]?.elements.compactMap(\.text) ?? []
        var image = Image(digest: "", names: names, platform: nil, config: nil, layers: [])
        if let path = node[name: "Config"]?.text {
            let hex = path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
            let digest = ImageDigest("sha256:" + hex)
            if isLayout, let digest, let known = images.firstIndex(where: { $0.config?.digest == digest }) {
                // The layout beside it said all but the name.
                images[known].names += names.filter { !images[known].names.contains($0) }
                return
            }
            if let document = document(at: path, digest: digest, what: "configuration") {
                image.config = ImageConfig(document, digest: digest)
            }
            image.digest = digest?.description ?? path
        }
        image.platform = image.config?.platform
        let (commands, diffIDs) = (image.config?.commands ?? [], image.config?.diffIDs ?? [])
        for (index, path) in paths.prefix(Self.maximumLayers).enumerated() {
            let stored = Self.digest(inPath: path)
            guard let size = files.size(of: path) else {
                note("\(path): is not there, and was not read", advice: "save the image again")
                continue
            }
            image.layers.append(
                ImageLayer(
                    digest: stored ?? (diffIDs.count == paths.count ? diffIDs[index] : nil), path: path, size: size,
                    mediaType: "",
                    command: commands.count == paths.count && !commands[index].isEmpty
                        ? BuildArguments(commands[index]).command : nil,
                    isDigestOfStored: stored != nil))
        }
        if paths.count > Self.maximumLayers {
            note("\(image.digest): has \(paths.count) layers; the first \(Self.maximumLayers) were read")
        }
        images.append(image)
    }

    /// `blobs/sha256/…`: newer versions keep layers as a layout does.
    private static func digest(inPath path: String) -> ImageDigest? {
        let names = path.split(separator: "/")
        return names.count == 3 && names[0] == "blobs" ? ImageDigest("\(names[1]):\(names[2])") : nil
    }

    /// Images that are the same twice: by a layout and by a list beside it.
    private mutating func merge() {
        var unique: [Image] = []
        for image in images {
            if let index = unique.firstIndex(where: { $0.digest == image.digest && !image.digest.isEmpty }) {
                unique[index].names += image.names.filter { !unique[index].names.contains($0) }
            } else {
                unique.append(image)
            }
        }
        images = unique
    }

    // MARK: Documents

    private mutating func document(of digest: ImageDigest, size: Int?, what: String) -> JSONNode? {
        let found = what == "manifest" ? files.path(ofManifest: digest) : files.path(of: digest)
        guard let path = found else {
            note("\(digest): the \(what) is not there, and was not read", advice: "pull or export the image again")
            return nil
        }
        return document(at: path, digest: digest, size: size, what: what)
    }

    /// Reads a document, and compares it with what names it; one that is another is read all the same, and named.
    private mutating func document(
        at path: String, digest: ImageDigest? = nil, size: Int? = nil, what: String = "list of the image"
    ) -> JSONNode? {
        let name = digest?.description ?? path
        let bytes: [UInt8]
        do throws(ByteStreamFailure) {
            bytes = try files.bytes(of: path, upTo: Self.maximumDocument)
        } catch {
            note("\(name): the \(what) could not be read: \(error.message)")
            return nil
        }
        if let size, size != bytes.count {
            note("\(name): the \(what) is said to have \(size) bytes, and has \(bytes.count)")
        }
        if let digest { check(bytes, digest, what) }
        do throws(JSONProblem) {
            return try JSONDocument(bytes).root
        } catch {
            note("\(name): the \(what) is not JSON: \(error)")
            return nil
        }
    }

    private mutating func check(_ bytes: [UInt8], _ digest: ImageDigest, _ what: String) {
        guard digest.isVerifiable else {
            return note("\(digest): the \(what) is named by \(digest.algorithm), with which it was not compared")
        }
        if ImageDigest.sha256(of: bytes) == digest { return }
        note(
            "\(digest): the \(what) has other content than its digest says",
            advice: "do not trust it; pull or export the image again")
    }

    private mutating func note(_ message: String, advice: String? = nil) {
        // A list of a hundred thousand lies is told by its first ones.
        guard problems.count < Self.maximumProblems else { return }
        problems.append(Problem(subject: subject, message: message, advice: advice))
    }

    private static let maximumProblems = 100
}
