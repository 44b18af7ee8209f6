package import Bytes
package import Findings

/// An object in which an earlier scan with the same rules did not find nothing: what it was, without the secrets.
package struct RememberedItem: Sendable, Hashable {
    /// A blob, or the message of a commit or tag.
    package var origin: Origin
    /// What was found, in the order in which it was found; `nil` if only reading the object tells.
    package var detections: [Detection]?
    /// The commit that brought the object, if one did.
    package var introduced: ObjectID?

    /// A secret that was found under the path that the object had then.
    package struct Detection: Sendable, Hashable {
        /// Index among the rules of the scan.
        package var rule: Int
        /// The same number is the same secret, in all objects of a scan. It says nothing else.
        package var secret: Int
        /// How sure the match was: 0 is the least.
        package var confidence: Int
        /// A directive in the text says that it is no leak.
        package var isSuppressedInline: Bool

        package init(rule: Int, secret: Int, confidence: Int, isSuppressedInline: Bool) {
            self.rule = rule
            self.secret = secret
            self.confidence = confidence
            self.isSuppressedInline = isSuppressedInline
        }
    }

    package init(origin: Origin, detections: [Detection]?, introduced: ObjectID? = nil) {
        self.origin = origin
        self.detections = detections
        self.introduced = introduced
    }

    /// The object.
    var id: ObjectID? {
        switch origin {
        case .blob(let id), .commitMessage(let id), .tagMessage(let id): id
        case .file, .index, .referenceNames, .standardInput: nil
        }
    }
}

/// What a plan knows of the objects in which an earlier scan found something.
package struct Recollection: Sendable {
    /// What was found in items of the plan, by index.
    package var found: [Int: [RememberedItem.Detection]] = [:]
    /// Objects that are not among the items, because what was found in them is not to be reported.
    package var leftOut: [RememberedItem] = []

    package init() {}
}
