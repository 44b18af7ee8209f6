import Forges
import Reports

extension AuditTargets {
    /// Adds what a forge lists; what of it is passed over or refused stands in the coverage.
    ///
    /// - Throws: For a source that is written wrongly.
    mutating func add(forge text: String, _ reader: ForgeReader, _ coverage: CoverageLog?) throws(CommandFailure) {
        let forge: Forge
        do throws(ForgeError) {
            forge = try reader.forge(try ForgeSource(text))
        } catch {
            throw CommandFailure("\(text.visible): \(error)")
        }
        let name = forge.source.description
        var (count, passedOver) = (0, 0)
        do throws(ForgeError) {
            try forge.list { repository, refusal in
                count += 1
                if let reason = refusal {
                    refuse(repository, reason, of: name, coverage)
                } else if let reason = reader.filter.reason(against: repository) {
                    passedOver += 1
                    coverage?.note(repository.entry(of: name, .passedOver, reason))
                } else if repository.isEmpty {
                    passedOver += 1
                    coverage?.note(repository.entry(of: name, .passedOver, "nothing was ever pushed to it"))
                } else {
                    add(repository, of: forge.source, reader, coverage)
                }
            }
        } catch {
            let reason = count > 0 ? "the list of its repositories is not whole: \(error)" : error.description
            return fail(name, reason)
        }
        if count == 0 { return fail(name, "it has no repository that can be seen") }
        if count == passedOver {
            fail(name, "none of its repositories is read: all \(Quantity.grouped(count)) are passed over")
        }
    }

    private mutating func fail(_ name: String, _ reason: String) {
        add(AuditTarget(name: name, place: .nothing(reason), origin: .init(source: name, kind: "list")), once: name)
    }

    private mutating func refuse(
        _ repository: ForgeRepository, _ reason: String, of source: String, _ coverage: CoverageLog?
    ) {
        let name = "\(source): \(repository.name)"
        let origin = AuditTarget.Origin(source: source, kind: repository.kind.rawValue, isRefused: true)
        add(AuditTarget(name: name, place: .nothing(reason), origin: origin), once: "\(name) \(repository.id)")
    }

    private mutating func add(
        _ repository: ForgeRepository, of source: ForgeSource, _ reader: ForgeReader, _ coverage: CoverageLog?
    ) {
        let address: RepositoryAddress
        do throws(CommandFailure) {
            address = try RepositoryAddress(repository.cloneAddress)
        } catch {
            return refuse(repository, error.description, of: source.description, coverage)
        }
        let name = source.description
        let origin = AuditTarget.Origin(source: name, kind: repository.kind.rawValue)
        add(
            AuditTarget(name: address.key, place: .address(address), size: repository.size, origin: origin),
            once: address.key)
        if looksForWikis, let text = repository.wikiAddress, let wiki = try? RepositoryAddress(text) {
            let origin = AuditTarget.Origin(source: name, kind: "wiki")
            add(AuditTarget(name: wiki.key, place: .address(wiki), isOptional: true, origin: origin), once: wiki.key)
        }
        guard !reader.texts.isEmpty, repository.kind == .repository else { return }
        let texts = ForgeTexts(reader: reader, source: source, repository: repository, address: address)
        add(
            AuditTarget(
                name: texts.location, place: .texts(texts), origin: AuditTarget.Origin(source: name, kind: "texts")),
            once: texts.location)
    }
}

extension ForgeRepository {
    /// A line of the coverage.
    func entry(of source: String, _ outcome: CoverageLog.Outcome, _ reason: String) -> CoverageLog.Entry {
        CoverageLog.Entry(
            source: source, kind: kind.rawValue, name: name, address: cloneAddress, outcome: outcome, reason: reason)
    }
}
