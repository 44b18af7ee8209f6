package import Findings

extension Occurrence {
    /// What was decoded to see the secret, and where it stands in that: `base64, then gzip: line 3, column 14 of the decoded
    /// text`; `nil` if it stands as it is.
    package var decoding: String? {
        guard !decoders.isEmpty else { return nil }
        let names = decoders.joined(separator: ", then ")
        guard let region = decodedRegion else { return names }
        return "\(names): line \(region.startLine), column \(region.startColumn) of the decoded text"
    }
}

extension Occurrence {
    /// Where in a container it stands, in a sentence; `nil` if it stands in none.
    var memberSentence: String? {
        members.isEmpty
            ? nil : "It stands in \(path.visible), line \(region.startLine), column \(region.startColumn)."
    }

    /// Where it stands in `file`, which has no lines if it is a container.
    var regionInFile: Region { members.isEmpty ? region : .wholeFile }
}

extension Occurrence {
    /// ` and 9 other versions of the file`; empty if there is none.
    var versions: String {
        otherObjects.isEmpty
            ? "" : ", and the same in \(Quantity.count(otherObjects.count, "other version")) of the file"
    }
}
