import Findings
package import ScanSources
internal import Scanner

extension HygieneScan {
    /// Looks at files.
    ///
    /// - Parameters:
    ///   - source: The files that are tracked, or present and not ignored.
    ///   - folder: Where they lie, if not in the repository that is scanned: a submodule's path.
    ///   - wasScanned: Whether a scan of the same files has counted what is left out.
    /// - Throws: `SourceError` when the files cannot be listed at all.
    package mutating func inspect(
        _ source: some ScanSource, in folder: String? = nil, wasScanned: Bool
    ) throws(SourceError) {
        guard isEnabled(.secretFile) || isEnabled(.workflowPrint) else { return }
        let plan = try source.plan()
        let reader = try source.makeReader()
        problems += plan.problems.map { $0.moved(below: folder) }
        if !wasScanned { omissions += plan.omissions.filter { Interest($0.subject, of: self) != nil } }
        for item in plan.items {
            guard let path = item.path?.description, let interest = Interest(path, of: self), !isLeftOut(path) else {
                continue
            }
            do throws(ReadFailure) {
                try reader.read(item, maximumSize: maximumFileSize) { bytes in
                    inspect(bytes, interest, folder.map { "\($0)/\(path)" } ?? path)
                }
            } catch {
                switch error {
                case .problem(let problem): problems.append(problem.moved(below: folder))
                case .omitted(let omission) where omission.reason == .tooLarge && !isBinary(item, reader):
                    let problem = Problem.tooLarge(item.subject, maximumSize: maximumFileSize)
                    problems.append(problem.moved(below: folder))
                case .omitted(let omission): if !wasScanned { omissions.append(omission) }
                }
            }
        }
    }

    /// Why a file is looked at.
    private struct Interest {
        /// It may hold secrets by its kind.
        var kind: SecretFileKind?
        /// It is the configuration of CI.
        var isWorkflow: Bool

        /// - Returns: `nil` for a file that is of no interest, as nearly all are.
        init?(_ path: String, of scan: HygieneScan) {
            kind = scan.isEnabled(.secretFile) ? SecretFileKind(path: path) : nil
            isWorkflow = scan.isEnabled(.workflowPrint) && WorkflowPrints.isWorkflow(path)
            if kind == nil, !isWorkflow { return nil }
        }
    }

    private mutating func inspect(_ bytes: UnsafeRawBufferPointer, _ interest: Interest, _ path: String) {
        if interest.kind?.holdsSecrets(bytes) == true {
            let beginning = Occurrence.Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
            note(.secretFile, Secret(visible: path), at: place(path, beginning, ""))
        }
        guard interest.isWorkflow else { return }
        for line in WorkflowPrints.lines(in: bytes) {
            let region = Occurrence.Region(
                startLine: line.number, startColumn: 1, endLine: line.number, endColumn: 1 + line.text.utf16.count)
            note(
                .workflowPrint, Secret(visible: line.expression), at: place(path, region, MaskedText.masked(line.text)))
        }
    }

    private func place(_ path: String, _ region: Occurrence.Region, _ snippet: String) -> Occurrence {
        Occurrence(path: path, origin: .file, region: region, confidence: .medium, lineHash: "", snippet: snippet)
    }

    /// Whether what is too large to read would not have been read anyway.
    private func isBinary(_ item: ScanItem, _ reader: any BlobReader) -> Bool {
        do throws(ReadFailure) {
            return try reader.beginning(of: item)?.withUnsafeBytes { BlobScanner.isBinary($0) } ?? false
        } catch {
            return false
        }
    }
}

extension Problem {
    /// The problem as seen from the repository that has this one's in a folder.
    fileprivate func moved(below folder: String?) -> Problem {
        var copy = self
        if let folder { copy.subject = "\(folder): \(subject)" }
        return copy
    }
}
