import FoundationEssentials

/// The folder that git copies into each repository that it makes: `init.templateDir`.
struct HookTemplate {
    /// Absolute.
    let folder: String
    private let isConfigured: Bool

    static let advice =
        "repositories that are made or cloned from now on have it; in others, `git init` copies it to where there is no hook yet"

    init() throws(CommandFailure) {
        let git = GitProgram(folder: "/")
        let setting = try git.run("config", "--global", "--type=path", "--get", "init.templateDir")
        isConfigured = setting.status == 0 && setting.output.hasPrefix("/")
        folder = isConfigured ? setting.output : try Self.ownFolder()
        let hooks = try git.run("config", "--global", "--get", "core.hooksPath")
        guard hooks.status != 0 else {
            throw CommandFailure(
                "core.hooksPath is \(hooks.output) in every repository of yours, so that git looks at no hooks of a template; "
                    + "in any repository, `windsock hook install` puts the hook into that folder")
        }
    }

    /// The template's hooks, as those of a repository.
    var location: HooksLocation { HooksLocation(template: folder) }

    private static func ownFolder() throws(CommandFailure) -> String {
        if let configuration = Environment.value("XDG_CONFIG_HOME"), configuration.hasPrefix("/") {
            return configuration + "/windsock/template"
        }
        guard let home = Environment.value("HOME") else {
            throw CommandFailure("HOME is not set, so that there is no place for git's template")
        }
        return home + "/.config/windsock/template"
    }

    /// Tells git of the folder.
    func prepare() throws(CommandFailure) {
        guard !isConfigured else { return }
        let set = try GitProgram(folder: "/").run("config", "--global", "init.templateDir", folder)
        guard set.status == 0 else { throw CommandFailure("could not set init.templateDir: \(set.errors.trimmedLine)") }
    }

    /// Takes a folder away that `prepare` has made and that has nothing in it any more.
    func removeIfUnused() throws(CommandFailure) {
        guard try folder == Self.ownFolder(), isEmpty(folder + "/hooks") else { return }
        try HookText.remove(folder)
        _ = try GitProgram(folder: "/").run("config", "--global", "--unset", "init.templateDir")
    }

    private func isEmpty(_ folder: String) -> Bool {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty
        } catch {
            // What cannot be listed is not ours to remove.
            return false
        }
    }
}

extension String {
    /// The first line, for a message.
    var trimmedLine: String { split(separator: "\n").first.map(String.init) ?? "" }
}
