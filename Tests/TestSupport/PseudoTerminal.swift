import Foundation

/// A terminal with nobody before it (`terminal.py`): what a program shows, key by key.
public struct PseudoTerminal: Decodable, Sendable {
    /// What is done next.
    public enum Step: Sendable {
        /// Presses keys, as a terminal sends them.
        case keys(String)
        /// Waits until a text is seen.
        case until(String)
        case resize(columns: Int, lines: Int)
        case signal(Int32)
        /// Runs another program to its end.
        case run([String])

        fileprivate var value: [String: any Sendable] {
            switch self {
            case .keys(let text): ["keys": text]
            case .until(let text): ["until": text]
            case .resize(let columns, let lines): ["resize": [columns, lines]]
            case .signal(let number): ["signal": Int(number)]
            case .run(let words): ["run": words]
            }
        }
    }

    /// After each step: the lines that are seen.
    public var screens: [[String]]
    /// The exit code; negative: the signal that ended it; `nil`: it did not end.
    public var status: Int32?
    /// Whether the terminal's settings are as they were before.
    public var restored: Bool
    /// Whether it shows the usual screen.
    public var isLeft: Bool
    /// Every escape sequence that came, with `N` for numbers; `overflow` for a line that is too long.
    public var sequences: [String]

    /// All that was ever seen.
    public var text: String { screens.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") }

    /// - Parameters:
    ///   - words: The program and its arguments.
    ///   - folder: Where it runs.
    public static func run(
        _ words: [String], in folder: String, environment: [String: String], columns: Int = 80, lines: Int = 24,
        _ steps: [Step]
    ) throws -> PseudoTerminal {
        let sources = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let json = String(decoding: try JSONSerialization.data(withJSONObject: steps.map(\.value)), as: UTF8.self)
        let outcome = Command.run(
            ["python3", sources.appending(path: "terminal.py").path, "\(columns)", "\(lines)", json] + words,
            in: folder,
            environment: environment)
        guard outcome.status == 0 else { throw Failure(errors: outcome.errors) }
        return try JSONDecoder().decode(PseudoTerminal.self, from: Data(outcome.output.utf8))
    }

    struct Failure: Error { var errors: String }
}
