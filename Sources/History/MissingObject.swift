import Bytes

/// An object that another one names and the database lacks.
struct MissingObject: Sendable, Equatable {
    var id: ObjectID
    /// The object that names it: the first, by id, where there are several.
    var namedBy: ObjectID
}
