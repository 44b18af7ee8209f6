import Findings

extension ImagePlace {
    /// Where in an image it stands, and whether one still sees it there, in words that follow one another.
    var notes: [String] {
        var notes = [
            layer.map { "in layer \($0.wording)" } ?? "in the configuration of the image, which every container has"
        ]
        if let removal {
            let fate = removal.isReplaced ? "another file is put in its place" : "it is removed"
            notes.append("\(fate) by layer \(removal.layer.wording), and is still in the image")
        }
        if otherImages > 0 { notes.append("the same in \(Quantity.count(otherImages, "other image"))") }
        return notes
    }

    /// The same as a sentence.
    var sentence: String {
        let text = notes.joined(separator: "; ")
        return "It stands \(text)."
    }
}

extension ImagePlace.Layer {
    /// `3, sha256:0f3a…, made by COPY . /app`
    fileprivate var wording: String {
        let command = command.map { ", made by: \($0.trimmedForDisplay)" } ?? ""
        return "\(number), \(digest.visible)\(command)"
    }
}

extension JSONWriter {
    /// Where in an image of a container something stands.
    mutating func fields(of place: ImagePlace) {
        field("digest", place.image)
        field("names", place.names)
        field("platform", ifPresent: place.platform)
        field("part", place.layer == nil ? "configuration" : "layer")
        if let layer = place.layer { fields(of: layer) }
        if let removal = place.removal {
            field(
                "removedBy",
                object: {
                    $0.fields(of: removal.layer)
                    $0.field("replaced", removal.isReplaced)
                })
        }
        if place.otherImages > 0 { field("otherImages", place.otherImages) }
    }

    private mutating func fields(of layer: ImagePlace.Layer) {
        field("layer", layer.digest)
        field("layerNumber", layer.number)
        field("command", ifPresent: layer.command)
    }
}
