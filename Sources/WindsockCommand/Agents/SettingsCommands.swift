import Bytes
import Rules

/// What a file of settings has its client run.
enum SettingsCommands {
    /// Commands of hooks, whatever they are; none of a file that cannot be read.
    static func commands(in text: String, of client: AgentClient) -> [String] {
        if client == .vibe { return commands(inTOML: text) }
        do throws(JSONProblem) {
            let root = try JSONDocument(Array(text.utf8), dialect: .commented).root
            guard let hooks = root[name: "hooks"] else { return [] }
            return hooks.members.flatMap { event in
                event.value.elements.flatMap { entry in
                    commands(entry) + (entry[name: "hooks"]?.elements ?? []).flatMap(commands)
                }
            }
        } catch {
            return []
        }
    }

    /// Whether it can be said of a file which commands it has.
    static func isReadable(_ text: String, of client: AgentClient) -> Bool {
        if client == .vibe { return TOMLText.problem(in: text) == nil }
        do throws(JSONProblem) {
            _ = try JSONDocument(Array(text.utf8), dialect: .commented)
            return true
        } catch {
            return false
        }
    }

    private static func commands(_ entry: JSONNode) -> [String] {
        ["command", "bash", "linux", "osx"].compactMap { entry[name: $0]?.text }
    }

    private static func commands(inTOML text: String) -> [String] {
        HookText.lines(text).compactMap { line in
            guard line.hasPrefix("command = ") else { return nil }
            let line = line.last == "\r" ? line.dropLast() : line
            do throws(JSONProblem) {
                return try JSONDocument(Array(line.dropFirst("command = ".count).utf8)).root.text
            } catch {
                return nil
            }
        }
    }
}
