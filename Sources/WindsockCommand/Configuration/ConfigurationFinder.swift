import Findings
import FoundationEssentials
import Pipeline
import Rules
import ScanSources

/// Finds and reads the configurations of a scan.
///
/// The user's own stands lowest, and above it the repository's, in whose place options and `WINDSOCK_CONFIG` name others.
struct ConfigurationFinder {
    /// The names of a configuration in a folder; of several in one folder the first counts.
    static let names = [".windsock.toml", ".gitleaks.toml"]
    /// Names another configuration in the place of the repository's.
    static let variable = "WINDSOCK_CONFIG"

    private static let maximumExtensionDepth = 4

    private let options: RuleOptions
    private let setup: ScanSetup
    /// What the folders of configurations are told apart by, in a scan of files: where paths begin.
    private let pathsBegin: () throws(CommandFailure) -> String?
    private(set) var files = LoadedRuleFiles()

    init(
        _ options: RuleOptions, _ setup: ScanSetup,
        pathsBegin: @escaping () throws(CommandFailure) -> String? = { () throws(CommandFailure) in nil }
    ) {
        self.options = options
        self.setup = setup
        self.pathsBegin = pathsBegin
    }

    /// All of them, the lowest first.
    mutating func find() throws(CommandFailure) -> [ConfigurationFile] {
        var found: [ConfigurationFile] = []
        do throws(RuleFileError) {
            if let path = Self.userFile { found.append(try named(path, "your configuration")) }
            if !options.config.isEmpty {
                for path in options.config { found.append(try named(path, "the configuration")) }
                return found
            }
            if let path = Environment.value(Self.variable) {
                return found + [try named(path, "the configuration (\(Self.variable))")]
            }
        } catch {
            throw CommandFailure("\(error)")
        }
        if options.noRepositoryConfig { return found }
        for file in try setup.files({ (setup) throws(SetupFile.Failure) in try setup.nearest(Self.names) }) {
            let origin = try origin(of: file)
            do throws(RuleFileError) {
                found.append(try scanned(file, origin, depth: 0))
            } catch {
                throw CommandFailure("\(error)")
            }
        }
        return found
    }

    /// `$XDG_CONFIG_HOME/windsock/config.toml`, if there is one.
    static var userFile: String? {
        let folder =
            Environment.value("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? Environment.value("HOME").map { $0 + "/.config" }
        return folder.map { $0 + "/windsock/config.toml" }.flatMap { TextFile.exists($0) ? $0 : nil }
    }

    // MARK: Files of whoever runs the program

    private mutating func named(
        _ path: String, _ purpose: String, depth: Int = 0
    ) throws(RuleFileError) -> ConfigurationFile {
        let file = try files.load(path, purpose: purpose)
        let folder = Self.folder(of: path)
        var configuration = ConfigurationFile(
            name: SetupFile.shown(path), author: .user, file: file, folder: folder,
            origin: Allowlist.Origin(file: SetupFile.shown(path)))
        if !file.extends.paths.isEmpty || !file.extends.addresses.isEmpty { try Self.check(depth, path) }
        for base in file.extends.paths {
            configuration.bases.append(
                try named(Self.resolved(base, from: folder), "what \(path) extends,", depth: depth + 1))
        }
        for address in file.extends.addresses {
            configuration.bases.append(try remote(address, for: path))
        }
        return configuration
    }

    private mutating func remote(
        _ address: RuleFile.Extension.Address, for path: String
    ) throws(RuleFileError) -> ConfigurationFile {
        let text: String
        do throws(CommandFailure) {
            text = try RemoteConfiguration(address).text()
        } catch {
            throw RuleFileError(file: path, reason: "extend.url: \(error)")
        }
        let file = try files.load(text: text, name: address.url, isTrusted: true)
        if !file.extends.paths.isEmpty || !file.extends.addresses.isEmpty {
            throw RuleFileError(file: address.url, reason: "extends other files, which a file at an address must not")
        }
        return ConfigurationFile(
            name: address.url, author: .user, file: file, origin: Allowlist.Origin(file: address.url))
    }

    /// A path that a file names, as it is opened.
    static func resolved(_ path: String, besides file: String) -> String { resolved(path, from: folder(of: file)) }

    /// From the file's folder; as gitleaks has it, from the working directory where there is none such.
    private static func resolved(_ path: String, from folder: String) -> String {
        if path.hasPrefix("~/"), let home = Environment.value("HOME") { return home + path.dropFirst() }
        if path.hasPrefix("/") { return path }
        let below = folder.isEmpty ? path : "\(folder)/\(path)"
        let here = HookTrial.path(path)
        return !TextFile.exists(below) && TextFile.exists(here) ? here : below
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func check(_ depth: Int, _ name: String) throws(RuleFileError) {
        guard depth < maximumExtensionDepth else {
            throw RuleFileError(file: name, reason: "extends more than \(maximumExtensionDepth) files in a row")
        }
    }

    // MARK: Files of what is scanned

    private mutating func scanned(
        _ setupFile: SetupFile, _ origin: Allowlist.Origin, depth: Int
    ) throws(RuleFileError) -> ConfigurationFile {
        let file = try files.load(text: setupFile.text, name: setupFile.name, isTrusted: false)
        var configuration = ConfigurationFile(
            name: setupFile.name, author: .scanned, file: file, folder: setupFile.folder, origin: origin)
        if !file.extends.addresses.isEmpty {
            throw RuleFileError(
                file: setupFile.name,
                reason:
                    "extend.url is for your own configuration and for files that you name with --config: what is scanned calls no address"
            )
        }
        if !file.extends.paths.isEmpty { try Self.check(depth, setupFile.name) }
        for path in file.extends.paths {
            let base: SetupFile?
            do throws(SetupFile.Failure) {
                base = try setup.related(path, to: setupFile)
            } catch {
                throw RuleFileError(file: setupFile.name, reason: "extend.path: \(error)")
            }
            guard let base else {
                throw RuleFileError(
                    file: setupFile.name, reason: "extend.path names \(path), and there is no such file")
            }
            var baseOrigin = origin
            baseOrigin.file = base.name
            configuration.bases.append(try scanned(base, baseOrigin, depth: depth + 1))
        }
        return configuration
    }

    /// Where the paths of a configuration begin, as seen from what is scanned.
    private func origin(of file: SetupFile) throws(CommandFailure) -> Allowlist.Origin {
        guard let start = try pathsBegin(), start != file.folder else { return Allowlist.Origin(file: file.name) }
        let (above, below) = (start == "/" ? "/" : start + "/", file.folder == "/" ? "/" : file.folder + "/")
        if file.folder.hasPrefix(above) {
            return Allowlist.Origin(file: file.name, folder: String(file.folder.dropFirst(above.count)))
        }
        if start.hasPrefix(below) {
            return Allowlist.Origin(file: file.name, prefix: String(start.dropFirst(below.count)) + "/")
        }
        return Allowlist.Origin(file: file.name)
    }
}
