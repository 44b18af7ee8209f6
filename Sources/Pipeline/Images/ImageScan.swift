import Archives
import Bytes
import Findings
import Images
import ScanSources
import Scanner
import Synchronization

/// Scans the images of an archive, a folder or a registry: each layer and each configuration once.
struct ImageScan: Sendable {
    private let target: ImageTarget
    private let pipeline: ScanPipeline
    private let catalog: ImageCatalog
    private let files: any ImageFiles
    private let layers: [ImageLayer]
    private let configs: [ImageConfig]

    /// Bytes of layers that are decompressed for each byte of them, and the least that are; as for other containers.
    private static let ratio = 15
    private static let free = 256 << 20

    init(_ target: ImageTarget, _ pipeline: ScanPipeline) throws(SourceError) {
        self.target = target
        self.pipeline = pipeline
        (catalog, files) = try pipeline.timings.measure(.listing) { () throws(SourceError) in try target.open() }
        var seen: Set<String> = []
        // The larger first, so that no thread is left alone with one at the end.
        layers = catalog.images.flatMap(\.layers).filter { seen.insert($0.fullName).inserted }
            .enumerated().sorted { ($1.element.size ?? 0, $0.offset) < ($0.element.size ?? 0, $1.offset) }
            .map(\.element)
        configs = catalog.images.compactMap(\.config).filter { seen.insert("config " + $0.name).inserted }
    }

    func collect() throws(SourceError) -> ScanCollection {
        var plan = Plan(problems: catalog.problems)
        plan.items = (0..<(layers.count + configs.count)).map { index in
            ScanItem(
                path: PathBytes(target.name), origin: .file, size: index < layers.count ? layers[index].size : nil)
        }
        let names = Mutex<[Int: LayerNames]>([:])
        let scan = ItemScan(
            engine: pipeline.engine, settings: pipeline.settings, progress: pipeline.progress,
            interruption: pipeline.interruption, timings: pipeline.timings, source: NoBlobs(), items: plan.items)
        let allowance = ByteAllowance(allowedBytes)
        pipeline.progress.begin(plan.items.count)
        let items = plan.items
        var tally = try scan.onAllThreads(count: items.count) {
            { (number: Int, worker: inout Worker) in
                let before = worker.tally.bytesScanned
                if number < layers.count {
                    let known = worker.scan(
                        LayerReading(
                            layer: layers[number], files: files, scanner: worker.scanner, settings: pipeline.settings,
                            interruption: pipeline.interruption, allowance: allowance), of: items[number], index: number
                    )
                    names.withLock { $0[number] = known }
                } else {
                    worker.scan(configs[number - layers.count], of: items[number], index: number)
                }
                pipeline.progress.advance(items: 1, bytes: worker.tally.bytesScanned - before)
            }
        }
        tally.outcomes.sort { $0.item < $1.item }
        tally.problems.sort { $0.item < $1.item }
        return collection(plan, tally, Places(self, names.withLock { $0 }))
    }

    private var allowedBytes: Int {
        let sizes = layers.reduce(0) { sum, layer in
            let (next, isOverflow) = sum.addingReportingOverflow(files.size(of: layer.path) ?? layer.size ?? 0)
            return isOverflow ? Int.max / Self.ratio : next
        }
        let (bytes, isOverflow) = sizes.multipliedReportingOverflow(by: Self.ratio)
        return isOverflow ? .max : max(Self.free, bytes)
    }

    private func collection(_ plan: Plan, _ tally: WorkerTally, _ places: Places) -> ScanCollection {
        let engine = pipeline.engine
        var collected = CollectedScan(
            plan, tally,
            FindingCollector(
                rules: engine.rules, key: pipeline.settings.fingerprintKey, isAllowed: engine.allows,
                fileAllowing: engine.file))
        for outcome in tally.outcomes {
            for detection in outcome.detections {
                collected.collector.add(
                    detection, path: target.name, origin: .file, history: nil,
                    image: places.place(of: detection, item: outcome.item))
            }
        }
        var collection = pipeline.collection(of: collected, mode: .image, target: target.name)
        collection.summary.setting.notes += notes
        return collection
    }

    /// Which images were scanned, in sentences without a full stop.
    private var notes: [String] {
        let shown = catalog.images.prefix(Self.maximumNotes).map { image in
            let names = image.names.isEmpty ? "" : " (\(image.names.joined(separator: ", ")))"
            let platform = image.platform.map { ", \($0)" } ?? ""
            let count = image.layers.count
            return "\(target.name) has image \(image.digest)\(names)\(platform), \(count) layer\(count == 1 ? "" : "s")"
        }
        let more = catalog.images.count - shown.count
        return more > 0 ? shown + ["\(target.name) has \(more) more images"] : shown
    }

    private static let maximumNotes = 20

    /// Tells where in which image something stands.
    private struct Places {
        private let scan: ImageScan
        private let names: [Int: LayerNames]
        private let numbers: [String: Int]

        init(_ scan: ImageScan, _ names: [Int: LayerNames]) {
            self.scan = scan
            self.names = names
            numbers = Dictionary(
                scan.layers.enumerated().map { ($1.fullName, $0) }, uniquingKeysWith: { first, _ in first })
        }

        func place(of detection: Detection, item: Int) -> ImagePlace? {
            item < scan.layers.count
                ? place(inLayer: scan.layers[item], path: detection.members.dropFirst().first ?? "")
                : place(inConfig: scan.configs[item - scan.layers.count])
        }

        private func place(inConfig config: ImageConfig) -> ImagePlace? {
            let images = scan.catalog.images.filter { $0.config?.name == config.name }
            guard let image = images.first else { return nil }
            var place = ImagePlace(image: image.digest, names: image.names, platform: image.platform, layer: nil)
            place.otherImages = images.count - 1
            return place
        }

        private func place(inLayer layer: ImageLayer, path: String) -> ImagePlace? {
            var places = scan.catalog.images.compactMap { image -> ImagePlace? in
                guard let index = image.layers.firstIndex(where: { $0.fullName == layer.fullName }) else { return nil }
                var place = ImagePlace(
                    image: image.digest, names: image.names, platform: image.platform,
                    layer: self.layer(image.layers[index], index))
                place.removal = removal(of: path, in: image, above: index)
                return place
            }
            guard !places.isEmpty else { return nil }
            // It is gone only where it is gone from all of them.
            let shown = places.firstIndex { $0.removal == nil } ?? 0
            places[shown].otherImages = places.count - 1
            return places[shown]
        }

        private func removal(of path: String, in image: Image, above index: Int) -> ImagePlace.Removal? {
            for (number, later) in image.layers.enumerated().dropFirst(index + 1) {
                guard let known = numbers[later.fullName].flatMap({ names[$0] }) else { continue }
                switch known.fate(of: path) {
                case .stays: continue
                case .removed: return ImagePlace.Removal(layer: layer(later, number), isReplaced: false)
                case .replaced: return ImagePlace.Removal(layer: layer(later, number), isReplaced: true)
                }
            }
            return nil
        }

        private func layer(_ layer: ImageLayer, _ index: Int) -> ImagePlace.Layer {
            let names = scan.pipeline.engine.namesOfSecrets
            return ImagePlace.Layer(
                digest: layer.fullName, number: index + 1,
                command: layer.command.map { MaskedText.masked($0, names: names) })
        }
    }
}

/// Layers are read as streams, and nothing as an item.
private struct NoBlobs: BlobSource {
    func makeReader() throws(SourceError) -> any BlobReader { Reader() }

    private final class Reader: BlobReader {
        func read(
            _ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void
        ) throws(ReadFailure) {
            throw .problem(Problem(subject: item.subject, message: "is no file"))
        }

        func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]? { nil }
    }
}

extension Worker {
    /// Scans a layer.
    ///
    /// - Returns: What it does to the layers below it.
    fileprivate mutating func scan(_ reading: LayerReading, of item: ScanItem, index: Int) -> LayerNames {
        var outcome = reading.run()
        outcome.contents.move(into: [reading.layer.name])
        note(image: outcome.contents, of: item, index: index)
        let subject = item.subject(of: [reading.layer.name], path: nil)
        for (message, advice) in outcome.complaints {
            tally.problems.append((index, Problem(subject: subject, message: message, advice: advice)))
        }
        return outcome.names
    }

    /// Scans the texts of a configuration.
    fileprivate mutating func scan(_ config: ImageConfig, of item: ScanItem, index: Int) {
        for part in config.parts {
            var text = part.text
            var contents = text.withUTF8 { bytes in
                ContainerContents(blob: UnsafeRawBufferPointer(bytes), path: part.name, scanner: scanner)
            }
            contents.move(into: [config.name, part.name])
            note(image: contents, of: item, index: index)
        }
    }

    private mutating func note(image contents: ContainerContents, of item: ScanItem, index: Int) {
        let detections = contents.members.flatMap(\.result.detections)
        if !detections.isEmpty { tally.outcomes.append(ItemOutcome(item: index, detections: detections)) }
        for member in contents.members {
            noteDetails(member.result, of: item, index: index, members: member.names)
        }
        tally.problems += contents.cuts.map { (index, item.problem($0, path: nil)) }
        tally.omissions += repeatElement(
            Omission(reason: .excluded, subject: item.subject), count: contents.excludedCount)
        tally.filesScanned += contents.textCount
        tally.bytesScanned += contents.byteCount
    }
}
