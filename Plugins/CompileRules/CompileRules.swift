import Foundation
import PackagePlugin

/// Runs RuleCompiler over `Rules/*.toml` before the target is built, again when one of the files has changed.
@main
struct CompileRules: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Rules")
        let output = context.pluginWorkDirectoryURL.appending(path: "CompiledRules.swift")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "toml" }
        return [
            .buildCommand(
                displayName: "Compiling rules",
                executable: try context.tool(named: "RuleCompiler").url,
                arguments: [folder.path(), output.path()],
                // The folder itself too: a file that is added or removed changes it.
                inputFiles: files + [folder],
                outputFiles: [output])
        ]
    }
}
