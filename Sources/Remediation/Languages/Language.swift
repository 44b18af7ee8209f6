/// A programming language in which a look-up can take a literal's place.
enum Language: String, CaseIterable, Sendable {
    case python
    case javascript
    case typescript
    case go
    case ruby
    case java
    case kotlin
    case csharp
    case php
    case rust
    case swift
    case scala
    case groovy
    case dart
    case c
    case cpp
    case perl
    case lua
    case elixir
    case powershell
    case r
    case julia

    /// - Parameters:
    ///   - name: The file's name, lower case.
    ///   - firstLine: For what has no ending: `#!/usr/bin/env python3`.
    init?(name: String, firstLine: String) {
        let parts = name.split(separator: ".")
        if parts.count > 1, let ending = parts.last, let found = Self.endings[String(ending)] {
            self = found
        } else if let found = Self.names[name] {
            self = found
        } else if firstLine.hasPrefix("#!"), let found = Self.interpreter(firstLine) {
            self = found
        } else {
            return nil
        }
    }

    private static func interpreter(_ line: String) -> Language? {
        // `/usr/bin/env -S python3.12 -u` names it in a word that is no option.
        for word in line.dropFirst(2).split(whereSeparator: { $0 == " " || $0 == "/" }) {
            let name = word.prefix { $0.isLetter }
            if let found = interpreters[String(name)] { return found }
        }
        return nil
    }

    private static let endings: [String: Language] = [
        "py": .python, "pyi": .python, "pyw": .python, "js": .javascript, "mjs": .javascript, "cjs": .javascript,
        "jsx": .javascript, "ts": .typescript, "tsx": .typescript, "mts": .typescript, "cts": .typescript, "go": .go,
        "rb": .ruby, "rake": .ruby, "gemspec": .ruby, "ru": .ruby, "java": .java, "kt": .kotlin, "kts": .kotlin,
        "cs": .csharp, "csx": .csharp, "php": .php, "phtml": .php, "rs": .rust, "swift": .swift, "scala": .scala,
        "sc": .scala, "groovy": .groovy, "gradle": .groovy, "dart": .dart, "c": .c, "h": .c, "cc": .cpp, "cpp": .cpp,
        "cxx": .cpp, "hpp": .cpp, "hh": .cpp, "pl": .perl, "pm": .perl, "t": .perl, "lua": .lua, "ex": .elixir,
        "exs": .elixir, "ps1": .powershell, "psm1": .powershell, "r": .r, "jl": .julia,
    ]

    private static let names: [String: Language] = [
        "rakefile": .ruby, "gemfile": .ruby, "vagrantfile": .ruby, "fastfile": .ruby, "podfile": .ruby,
        "sconstruct": .python,
    ]

    private static let interpreters: [String: Language] = [
        "python": .python, "node": .javascript, "deno": .typescript, "bun": .typescript, "ruby": .ruby, "php": .php,
        "perl": .perl, "lua": .lua, "elixir": .elixir, "pwsh": .powershell, "Rscript": .r, "julia": .julia,
        "groovy": .groovy, "swift": .swift, "scala": .scala,
    ]
}
