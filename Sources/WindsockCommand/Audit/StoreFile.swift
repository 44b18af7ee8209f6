import Bytes
import Platform
import Store

/// Where stores are, and errors that the command can tell.
enum StoreFile {
    /// The one that counts where none is named.
    static func path(_ named: String?) throws(CommandFailure) -> String {
        if let named { return named }
        return try StateFolder.path("audit.sqlite", for: "the store; or name a file with --store")
    }

    /// Opens a store before there is anything to be put into it: what cannot be written is better known ahead of an hour's work.
    ///
    /// - Parameters:
    ///   - named: What the user has named; `nil`: the one of their own, whose folder is made.
    ///   - mustExist: Whether a file that is not there is an error, although something is to be written.
    static func open(
        _ named: String?, for access: Store.Access, mustExist: Bool = false
    ) throws(CommandFailure) -> Store {
        let path = try path(named)
        if mustExist, Platform.access(path, F_OK) != 0 {
            // As reading says it.
            return try told { () throws(StoreError) in try Store(path, for: .reading) }
        }
        if named == nil, access == .writing { try StateFolder.make(StateFolder.parent(of: path)) }
        let store = try told { () throws(StoreError) in try Store(path, for: access) }
        if store.isOpenToOthers {
            StandardError.write(
                "windsock: others than its owner can open the store \(path.visible); chmod 600 makes it private\n")
        }
        return store
    }

    /// Does something with a store.
    ///
    /// - Parameter code: What the exit code says where the wrong file was named; a file that is damaged, or a disk that is full, is 3
    ///   wherever that shows.
    static func told<Result>(
        code: ExitStatus = .usage, _ body: () throws(StoreError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(StoreError) {
            return try body()
        } catch {
            throw CommandFailure(error.description, code: error.isUsage ? code : .incomplete)
        }
    }
}
