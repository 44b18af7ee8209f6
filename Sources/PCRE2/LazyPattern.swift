internal import Synchronization

/// A pattern that is compiled when it is first needed, once for all threads.
package final class LazyPattern: Sendable {
    private enum State {
        case source
        case compiled(Pattern)
        case failed
    }

    package let source: String
    private let state = Mutex(State.source)

    package init(_ source: String) { self.source = source }

    /// The compiled pattern; `nil` if it does not compile, which `ScanEngine.validate()` reports.
    package func pattern() -> Pattern? {
        state.withLock { state in
            switch state {
            case .compiled(let pattern): return pattern
            case .failed: return nil
            case .source:
                do {
                    let pattern = try Pattern(source)
                    state = .compiled(pattern)
                    return pattern
                } catch {
                    state = .failed
                    return nil
                }
            }
        }
    }
}
