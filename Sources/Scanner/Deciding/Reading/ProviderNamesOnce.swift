import Rules
import Synchronization

/// The names of all providers, gathered when the first value is judged by its context, which most commits have none of.
final class ProviderNamesOnce: Sendable {
    private let rules: [Rule]
    private let made = Mutex<ProviderNames?>(nil)
    private let madeTitles = Mutex<ProviderTitles?>(nil)

    init(rules: [Rule]) { self.rules = rules }

    var names: ProviderNames {
        made.withLock { made in
            if let made { return made }
            let names = ProviderNames(rules: rules)
            made = names
            return names
        }
    }

    /// What providers are called, gathered when the first secret of no provider's form is found.
    var titles: ProviderTitles {
        madeTitles.withLock { made in
            if let made { return made }
            let titles = ProviderTitles(rules: rules)
            made = titles
            return titles
        }
    }
}
