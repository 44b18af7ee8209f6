import Findings

/// Names of variables that bundlers put into the code for browsers.
enum BrowserVariable {
    /// Of Next.js, Vite, Create React App, Expo, Nuxt, Vue CLI, Gatsby, SvelteKit and Astro, Angular.
    private static let prefixes = [
        "NEXT_PUBLIC_", "VITE_", "REACT_APP_", "EXPO_PUBLIC_", "NUXT_PUBLIC_", "VUE_APP_", "GATSBY_", "PUBLIC_",
        "NG_APP_",
    ]

    /// The name of such a variable that a secret is assigned to.
    ///
    /// - Parameter snippet: The line of the secret, with the secret redacted.
    static func name(before secret: Secret, in snippet: String) -> String? {
        // Of a weak secret nothing is shown but the sign for that, which may stand for other things, too.
        snippet.ranges(of: secret.redacted).lazy.compactMap { name(before: $0.lowerBound, in: snippet) }.first
    }

    private static func name(before place: String.Index, in snippet: String) -> String? {
        let words = snippet[..<place].split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
        guard let last = words.last, prefixes.contains(where: { last.hasPrefix($0) && last.count > $0.count }) else {
            return nil
        }
        return String(last)
    }
}
