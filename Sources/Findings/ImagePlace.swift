/// Where in an image of a container something stands: what a path alone does not say.
package struct ImagePlace: Sendable, Hashable {
    /// A layer, and what made it.
    package struct Layer: Sendable, Hashable {
        /// `sha256:` and 64 hex digits, of the layer as it is stored; of one without a digest its name in the image.
        package var digest: String
        /// From 1, the lowest layer first.
        package var number: Int
        /// The command that made it, as the image's history has it; `nil`: it does not say.
        package var command: String?

        package init(digest: String, number: Int, command: String?) {
            self.digest = digest
            self.number = number
            self.command = command
        }
    }

    /// How a later layer takes a file away, which stays in its own layer all the same.
    package struct Removal: Sendable, Hashable {
        package var layer: Layer
        /// Whether another file stands there now.
        package var isReplaced: Bool

        package init(layer: Layer, isReplaced: Bool) {
            self.layer = layer
            self.isReplaced = isReplaced
        }
    }

    /// The digest of the image: of its manifest, or else of its configuration.
    package var image: String
    /// Names of the image, such as `example.org/app:1.2`.
    package var names: [String]
    /// `linux/arm64/v8`; `nil`: it does not say.
    package var platform: String?
    /// `nil`: it stands in the configuration of the image, and each container that is started has it.
    package var layer: Layer?
    package var removal: Removal?
    /// How many other images of the same index or archive have the same.
    package var otherImages = 0

    package init(image: String, names: [String], platform: String?, layer: Layer?) {
        self.image = image
        self.names = names
        self.platform = platform
        self.layer = layer
    }

    /// Changes each text that people have written: commands.
    package mutating func rewrite(_ change: (String) -> String) {
        if let command = layer?.command { layer?.command = change(command) }
        if let command = removal?.layer.command { removal?.layer.command = change(command) }
        names = names.map(change)
    }
}
