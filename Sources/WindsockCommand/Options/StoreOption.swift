import ArgumentParser

/// A store beside what else a command does.
struct StoreOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Add what is found to this store, a file that is made if it is not there; windsock report reads it.",
            valueName: "file"),
        completion: .file())
    var store: String?
}
