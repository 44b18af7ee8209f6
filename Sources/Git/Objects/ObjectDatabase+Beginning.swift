package import Bytes
internal import Platform

extension Repository {
    /// The first bytes of an object that is a file of its own.
    ///
    /// - Returns: `nil` for a packed one: libgit2 inflates those whole or not at all.
    package func beginning(ofLoose id: ObjectID, count: Int) -> [UInt8]? {
        for directory in objectDirectories {
            do throws(LooseObjects.Failure) {
                return try LooseObjects(directory: directory).beginning(of: id, count: count)
            } catch {
                // It may be in another store; if it is in none, whoever reads it whole will say so.
                continue
            }
        }
        return nil
    }
}
