import ArgumentParser
import Findings
import Scanner

/// Secrets that somebody has and looks for.
struct KnownOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Look for these secrets and nothing else, whatever they look like and however they are encoded: a file with a value or a fingerprint (v1:…, v2:…, v3:…) a line; - for standard input.",
            discussion:
                "Comments, baselines and configurations of what is scanned hide nothing then, and nothing is remembered. With --store, what the store knows of them is told, too.",
            valueName: "file"),
        completion: .file())
    var known: String?

    /// What is looked for; `nil`: whatever rules find.
    func file() throws(CommandFailure) -> GivenFile? {
        guard let known else { return nil }
        return try GivenFile.read(known)
    }
}

extension GivenFile {
    func secrets() throws(CommandFailure) -> GivenSecrets {
        let key = try Environment.fingerprintKey()
        if key == nil, fingerprints.contains(where: { $0.version == .keyed }) {
            throw CommandFailure(
                "fingerprints with v3: were made with a team's key, which has to be in \(FingerprintKey.variable)")
        }
        return GivenSecrets(values: values, fingerprints: fingerprints, key: key)
    }

    /// What was asked for and not looked for.
    func problems(_ secrets: GivenSecrets) -> [Problem] {
        var problems: [Problem] = []
        if !shortLines.isEmpty {
            let shown = shortLines.prefix(5).map(String.init).joined(separator: ", ")
            problems.append(
                Problem(
                    subject: "--known",
                    message:
                        "\(shortLines.count) \(shortLines.count == 1 ? "value is" : "values are") shorter than \(GivenSecrets.minimumCount) bytes and \(shortLines.count == 1 ? "was" : "were") not looked for (line \(shown)\(shortLines.count > 5 ? " …" : ""))",
                    advice: "what is so short stands in every text by chance; replace it where it is used"))
        }
        let leftOut = secrets.comparisons.leftOut
        if leftOut > 0 {
            problems.append(
                Problem(
                    subject: "--known",
                    message:
                        "\(leftOut) words were not compared with fingerprints of v2, each of which takes milliseconds",
                    advice: "give the values, or scan less at once"))
        }
        return problems
    }
}
