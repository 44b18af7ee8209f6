import BuiltinRules
import Findings
import Hygiene
import Reports
import Rules

/// What a scan would be done with, value by value, with whoever says so.
struct ConfigurationListing {
    private let configuration: ScanConfiguration
    private let thresholds: ThresholdOptions
    private let known: KnownSecrets
    private let rules: [Rule]

    init(
        _ configuration: ScanConfiguration, _ thresholds: ThresholdOptions, _ known: KnownSecrets, _ rules: [Rule]
    ) {
        self.configuration = configuration
        self.thresholds = thresholds
        self.known = known
        self.rules = rules
    }

    /// A line a value: what it is, and whose it is.
    var text: String {
        let rows = scalars + lists + ruleRows
        let width = rows.map(\.value.count).max() ?? 0
        return rows.map { row in
            "\(row.value)\(String(repeating: " ", count: width - row.value.count))  # \(row.source)".visible + "\n"
        }.joined()
    }

    private typealias Row = (value: String, source: String)

    private var scalars: [Row] {
        [
            row("minSeverity", thresholds.minSeverity?.rawValue, "--min-severity", configuration.minSeverity) {
                $0.rawValue
            } ?? ("minSeverity = \"low\"", "built in"),
            row("minConfidence", thresholds.minConfidence?.rawValue, "--min-confidence", configuration.minConfidence) {
                $0.rawValue
            } ?? ("minConfidence = \"medium\"", "built in"),
            row(
                "maxFileSize", thresholds.maxFileSize.map { "\($0.bytes)" }, "--max-file-size",
                configuration.maxFileSize
            ) { "\($0.bytes)" } ?? ("maxFileSize = \"256M\"", "built in"),
            row("format", nil, "--format", configuration.format) { $0.rawValue } ?? ("format = \"text\"", "built in"),
        ]
    }

    private func row<Value>(
        _ name: String, _ option: String?, _ optionName: String, _ setting: ScanConfiguration.Setting<Value>?,
        _ words: (Value) -> String
    ) -> Row? {
        if let option { return ("\(name) = \"\(option)\"", optionName) }
        return setting.map { ("\(name) = \"\(words($0.value))\"", $0.source) }
    }

    private var lists: [Row] {
        var rows = configuration.exclude.map { ("exclude \"\($0.setting.value)\"", $0.setting.source) }
        for (file, count) in known.counts { rows.append(("baseline of \(Quantity.count(count, "secret"))", file)) }
        for link in configuration.files.flatMap(\.chain) {
            rows += link.file.settings.secretNames.map { ("secretNames \"\($0)\"", link.name) }
            rows += (link.file.allowlists + link.file.amendments.flatMap(\.allowlists)).map { list in
                ("allow-list\(list.description.isEmpty ? "" : " \"\(list.description)\"")", link.name)
            }
            rows += Self.rows(of: link.file.hook, link.name)
            rows += link.file.extends.disabledRules.map { ("disabledRules \"\($0)\"", link.name) }
        }
        return rows
    }

    /// What holds where hooks scan.
    private static func rows(of hook: RuleFile.HookSettings, _ source: String, name: String = "hook") -> [Row] {
        let settings = hook.settings
        let scalars: [(String, String?)] = [
            ("minSeverity", settings.minSeverity?.rawValue), ("minConfidence", settings.minConfidence?.rawValue),
            ("maxFileSize", settings.maxFileSize), ("format", settings.format),
            ("verbose", hook.isVerbose.map { "\($0)" }),
        ]
        var rows = scalars.compactMap { field, value in value.map { ("\(name) \(field) = \"\($0)\"", source) } }
        rows += settings.exclude.map { ("\(name) exclude \"\($0)\"", source) }
        rows += settings.baseline.map { ("\(name) baseline \"\($0)\"", source) }
        return rows
            + hook.named.sorted { $0.key < $1.key }.flatMap { Self.rows(of: $1, source, name: "\(name) \($0)") }
    }

    private var ruleRows: [Row] {
        var sources: [String: String] = [:]
        for link in configuration.files.flatMap(\.chain) {
            for rule in link.file.rules { sources[rule.id] = link.name }
        }
        let own = rules.filter { sources[$0.id] != nil }
        return [("\(Quantity.count(rules.count - own.count, "rule"))", "built in")]
            + own.map { ("rule \($0.id)", sources[$0.id] ?? "") }
    }
}
