import FoundationEssentials
import Remediation

extension TerraformVariables {
    /// The variables that the files of a folder declare; what cannot be read declares none.
    static func names(inFolder folder: String) -> Set<String> {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".tf") }.reduce(into: []) { found, name in
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            guard let content = FileManager.default.contents(atPath: path) else { return }
            found.formUnion(Self.names(in: Array(content)))
        }
    }
}
