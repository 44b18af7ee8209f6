import Findings
import Images
import ScanSources

extension Scan {
    /// Scans images.
    func scan(_ target: ImageTarget) throws(SourceError) -> ScanCollection {
        try ImageScan(target, pipeline).collect().failingIfNothingWasRead()
    }

    /// Tells the images among files that were named from the others.
    ///
    /// - Returns: Also what is to be said of images that are not read.
    func images(among paths: [String]) -> (images: [ImageTarget], others: [String], problems: [Problem]) {
        guard request.settings.archives.named > 0 else { return ([], paths, []) }
        var (images, others, problems): ([ImageTarget], [String], [Problem]) = ([], [], [])
        for path in paths {
            switch ImageArchive.kind(ofFile: path, maximumSize: request.settings.maximumFileSize) {
            case .other: others.append(path)
            case .unreadable(let problem): problems.append(problem)
            case .image(let files):
                images.append(ImageTarget(files, name: path))
                if let damage = files.damage { problems.append(Problem(subject: path, message: damage)) }
            }
        }
        return (images, others, problems)
    }

    /// Scans the images that were named, beside what else was.
    ///
    /// - Parameter rest: What the other files have come to; `nil`: there are none.
    func scan(
        _ images: [ImageTarget], beside rest: ScanCollection?, _ problems: [Problem]
    ) throws(SourceError) -> ScanCollection {
        var collection = rest
        for image in images {
            let more = try scan(image)
            if collection == nil { collection = more } else { collection?.merge(more) }
        }
        var whole = collection ?? pipeline.nothing(mode: .image, target: problems.first?.subject ?? "")
        whole.summary.problems += problems
        return whole
    }
}
