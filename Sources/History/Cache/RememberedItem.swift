package import Bytes
package import Findings

/// An object in which an earlier scan with the same key did not find nothing.
package struct RememberedItem: Sendable, Hashable {
    /// A blob, or the message of a commit or tag.
    package var origin: Origin
    /// What was found, in the words of whoever scanned the object: a cache keeps it and hands it back. `nil` if only
    /// reading the object tells.
    package var payload: [UInt8]?
    /// The commit that brought the object, if one did.
    package var introduced: ObjectID?

    package init(origin: Origin, payload: [UInt8]?, introduced: ObjectID? = nil) {
        self.origin = origin
        self.payload = payload
        self.introduced = introduced
    }
}
