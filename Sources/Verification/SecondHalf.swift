internal import Bytes
internal import Rules

/// What a signature takes beside the key: the name or id that belongs to it, out of what stands around it.
struct SecondHalf {
    /// The access key id, the account's address, or the storage account's name; `nil`: it is not there.
    let name: String?
    /// The project of a Google service account.
    let project: String?
    private let signature: VerificationSpec.Signature

    init(of key: KeyToVerify, for signature: VerificationSpec.Signature) {
        self.signature = signature
        let text = key.surroundings?.withBytes { Array($0) } ?? []
        switch signature {
        case .awsSTS:
            let place = key.secret.withBytes { secret in
                text.withUnsafeBytes {
                    $0.firstCaseless(secret.map(UnsafeRawBufferPointer.folded), in: 0..<text.count)
                }
            }
            name = Self.accessKeyID(in: text, near: place ?? 0)
            project = nil
        case .googleServiceAccount:
            // A key file in base64 is its own surroundings.
            let own = key.secret.withBytes { Base64Bytes.decode($0) }
            let content = Self.field("client_email", in: text) == nil ? own : text
            name = Self.field("client_email", in: content).flatMap { $0.hasSuffix(".gserviceaccount.com") ? $0 : nil }
            project = Self.field("project_id", in: content)
        case .azureStorage:
            name = Self.storageAccount(in: text)
            project = nil
        }
    }

    /// What it says of whose the key is.
    var facts: [VerificationResult.Fact] {
        guard let name else { return [] }
        switch signature {
        case .awsSTS:
            let account = OwnIdentity.awsAccount(ofKeyID: Array(name.utf8))
            return account.map { [.init(name: "account", value: $0)] } ?? []
        case .googleServiceAccount:
            return [.init(name: "account", value: name)]
                + (project.map { [.init(name: "project", value: $0)] } ?? [])
        case .azureStorage: return [.init(name: "account", value: name)]
        }
    }

    /// What is missing, for a sentence.
    static func missing(_ signature: VerificationSpec.Signature) -> String {
        switch signature {
        case .awsSTS: "the access key id that belongs to it is not beside it"
        case .googleServiceAccount: "the service account's address is not beside it"
        case .azureStorage: "the storage account's name is not beside it"
        }
    }

    // MARK: Reading

    /// The id nearest to where the key stands.
    private static func accessKeyID(in text: [UInt8], near place: Int) -> String? {
        let prefixes = ["AKIA", "ASIA", "ABIA", "ACCA"].map { Array($0.utf8) }
        let isPart = { (byte: UInt8) in byte.isAlphanumeric || byte == .slash || byte == .plus }
        var best: (distance: Int, start: Int)?
        var start = 0
        while start + 20 <= text.count {
            defer { start += 1 }
            guard text[start] == UInt8(ascii: "A"), prefixes.contains(Array(text[start..<start + 4])),
                text[start..<start + 20].allSatisfy({ $0.isUppercase || $0.isDigit }),
                start == 0 || !isPart(text[start - 1]), start + 20 == text.count || !isPart(text[start + 20])
            else { continue }
            let distance = abs(start - place)
            if distance < best?.distance ?? .max { best = (distance, start) }
        }
        return best.map { String(decoding: text[$0.start..<$0.start + 20], as: UTF8.self) }
    }

    /// The text of a member of a JSON object, however deep its quotes are escaped.
    private static func field(_ name: String, in text: [UInt8]) -> String? {
        let mark = Array(name.utf8)
        guard var position = text.withUnsafeBytes({ $0.firstCaseless(mark, in: 0..<text.count) }) else { return nil }
        position += mark.count
        let isFiller = { (byte: UInt8) in
            byte == .quotationMark || byte == .backslash || byte == .colon || byte.isWhitespace
        }
        var hasColon = false
        while position < text.count, isFiller(text[position]) {
            if text[position] == .colon { hasColon = true }
            position += 1
        }
        let value = text[position...].prefix {
            $0.isAlphanumeric || $0 == .hyphen || $0 == .period || $0 == .atSign || $0 == .colon
        }
        guard hasColon, (1...200).contains(value.count) else { return nil }
        return String(decoding: value, as: UTF8.self)
    }

    private static func storageAccount(in text: [UInt8]) -> String? {
        let mark = Array("accountname=".utf8)
        guard let start = text.withUnsafeBytes({ $0.firstCaseless(mark, in: 0..<text.count) }) else { return nil }
        let name = text[(start + mark.count)...].prefix { $0.isLowercase || $0.isDigit }
        return (3...24).contains(name.count) ? String(decoding: name, as: UTF8.self) : nil
    }
}
