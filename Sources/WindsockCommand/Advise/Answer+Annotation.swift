import LanguageModel
import Reports

extension Answer {
    /// What a store keeps of it: a line; `nil`: it says nothing.
    var annotation: String? {
        let words = parts.compactMap { part -> String? in
            switch part {
            case .opinion(let opinion): opinion.rawValue
            case .priority(let priority): "priority \(priority.rawValue)"
            case .why(let text), .opens(let text): text
            case .instead, .patch, .rotation, .logs: nil
            }
        }
        guard !words.isEmpty else { return nil }
        let line = words.joined(separator: "; ").split(whereSeparator: \.isWhitespace).joined(separator: " ").visible
        return line.count > Self.longestAnnotation ? "\(line.prefix(Self.longestAnnotation))…" : line
    }

    /// In characters.
    private static let longestAnnotation = 500
}
