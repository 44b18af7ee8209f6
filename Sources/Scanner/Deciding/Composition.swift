internal import Bytes
import Rules

/// Rules that another must stand near, and rules that stand only for others: gitleaks' composite rules.
///
/// It is asked once a blob, of what its rules have found, before claims are: a match that stands for others claims no place.
enum Composition {
    /// Leaves the matches of rules whose companions are there, and none of those that are there for others alone.
    ///
    /// - Parameter text: The blob's own.
    static func settle(_ located: inout [LocatedMatch], _ rules: [Rule], in text: UnsafeRawBufferPointer) {
        let isComposed = located.contains {
            let composition = rules[$0.match.rule].composition
            return composition.skipsReport || !composition.required.isEmpty
        }
        guard isComposed else { return }
        var index = LineIndex(text)
        let places = located.map { index.region(of: $0.range) }
        let numbers = located.indices.filter { number in
            let composition = rules[located[number].match.rule].composition
            if composition.skipsReport { return false }
            return composition.required.allSatisfy { required in
                located.indices.contains { other in
                    let rule = rules[located[other].match.rule]
                    guard rule.id == required.id || rule.formerly.contains(required.id) else { return false }
                    let (here, there) = (places[number], places[other])
                    return required.withinLines.map { abs(here.startLine - there.startLine) <= $0 } ?? true
                        && required.withinColumns.map { abs(here.startColumn - there.startColumn) <= $0 } ?? true
                }
            }
        }
        located = numbers.map { located[$0] }
    }
}
