package import Bytes

extension Repository {
    /// The ids of all objects that are files of their own, alternates included; one that is stored twice comes twice.
    package func looseObjectIDs() -> [ObjectID] {
        objectDirectories.flatMap { LooseObjects(directory: $0).ids() }
    }
}
