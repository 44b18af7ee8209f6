import Foundation
import PackagePlugin

/// Runs RuleCompiler over `Rules/` before the target is built, again when one of the files has changed.
@main
struct CompileRules: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Rules")
        let output = context.pluginWorkDirectoryURL.appending(path: "CompiledRules.swift")
        return [
            .buildCommand(
                displayName: "Compiling rules",
                executable: try context.tool(named: "RuleCompiler").url,
                arguments: [folder.path(), output.path()],
                inputFiles: try Self.inputs(of: folder),
                outputFiles: [output])
        ]
    }

    /// The rule files, and the folders: a file that is added or removed changes its folder. Examples are not compiled in.
    private static func inputs(of folder: URL) throws -> [URL] {
        let entries = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let own = entries.filter { $0.pathExtension == "toml" }
        let inner = entries.map { $0.appending(path: "rule.toml") }
            .filter { FileManager.default.fileExists(atPath: $0.path()) }
        return [folder] + own + inner + inner.map { $0.deletingLastPathComponent() }
    }
}
