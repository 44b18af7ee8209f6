/// Goes through the members of a container, and of the containers in it.
///
/// Nothing is written anywhere, and a name leads nowhere: members are read in memory, one after the other, and links, folders and
/// devices are passed over. Archives are opened if ``ArchiveLibrary/objection`` is `nil`, documents in any case.
package struct ContainerWalk<Visitor: ContainerVisitor> {
    package internal(set) var visitor: Visitor
    /// What was not read.
    package private(set) var cuts: [ContainerCut] = []
    private let limits: ContainerLimits
    var budget: ContainerBudget
    private(set) var isExhausted = false

    /// So many places are named; others are counted.
    private static var maximumCuts: Int { 50 }

    /// Goes through a container.
    ///
    /// - Parameters:
    ///   - bytes: All of it.
    ///   - name: What it is called, from which a compressed file gets its own; `nil`: it is not known.
    package init(
        _ bytes: UnsafeRawBufferPointer, as format: ContainerFormat, name: String?, limits: ContainerLimits,
        visitor: Visitor
    ) {
        self.visitor = visitor
        self.limits = limits
        budget = ContainerBudget(limits, count: bytes.count)
        walk(Container(bytes: bytes, format: format, names: [], name: name ?? ""))
    }

    /// Goes through a container that comes piece by piece, and that is never held as a whole.
    ///
    /// - Parameters:
    ///   - stream: All of it. It is not read beyond the end of its last member.
    ///   - count: How many bytes it is said to have.
    ///   - name: As above.
    package init(
        _ stream: any ByteStream, count: Int, as format: ContainerFormat, name: String, limits: ContainerLimits,
        visitor: Visitor
    ) {
        self.visitor = visitor
        self.limits = limits
        budget = ContainerBudget(limits, count: count)
        var container = Container(
            bytes: UnsafeRawBufferPointer(start: nil, count: 0), format: format, names: [], name: name)
        container.supply = ArchiveSupply(stream)
        walk(container)
    }

    /// A container that is gone through.
    struct Container {
        let bytes: UnsafeRawBufferPointer
        /// What it comes from in place of `bytes`.
        var supply: ArchiveSupply?
        let format: ContainerFormat
        /// As in `ContainerCut`.
        let names: [String]
        let name: String
        /// Whether it is one too deep, and only read as what it is if it is one compressed file.
        var isLast = false
        /// How much of it was taken out.
        var takenCount = 0
        var memberCount = 0
    }

    // MARK: Containers

    private mutating func walk(_ outer: Container) {
        var container = outer
        if outer.format.isDocument { return walk(document: &container) }
        if let objection = ArchiveLibrary.objection { return note(.unopened(objection), outer.names) }
        let content = MemberBytes()
        do throws(ArchiveFailure) {
            var reader = try container.open()
            do throws(ArchiveFailure) {
                while !isExhausted {
                    guard try step(&reader, &container, content) else { break }
                }
            } catch {
                note(error, &reader, container)
            }
        } catch {
            note(.damaged(Self.words(error)), container.names)
        }
    }

    /// Looks at the next member.
    ///
    /// - Returns: Whether there was one.
    private mutating func step(
        _ reader: inout ArchiveReader, _ container: inout Container, _ content: MemberBytes
    ) throws(ArchiveFailure) -> Bool {
        let member: ArchiveReader.Member
        do throws(ArchiveFailure) {
            guard let next = try reader.next() else { return false }
            member = next
        } catch {
            if !error.isOfMember { throw error }
            note(.damaged(Self.words(error)), container.names)
            budget.takeMember()
            return stopsIfExhausted(container)
        }
        budget.takeMember()
        container.memberCount += 1
        if container.format.isCompression {
            // Headers are decompressed, too.
            let count = max(0, reader.decompressedCount - container.takenCount)
            take(count, &container)
        }
        guard stopsIfExhausted(container) else { return false }
        let names = container.names + [container.name(of: member)]
        if container.isLast, !member.isRaw {
            note(.tooDeep(limits.depth), container.names)
            return false
        }
        visitor.meet(names, member.isFile ? .file : member.isFolder ? .folder : .other)
        if !member.isFile || visitor.leavesOut(names) {
            return skip(&reader, &container)
        } else if member.isEncrypted {
            note(.encrypted, names)
            // Without the password nothing of it is decompressed.
            return true
        } else if !look(at: names, &reader, &container, content) {
            return false
        }
        return !isExhausted
    }

    // MARK: Members

    /// - Returns: Whether other members can still be found.
    private mutating func look(
        at names: [String], _ reader: inout ArchiveReader, _ container: inout Container, _ content: MemberBytes
    ) -> Bool {
        content.clear()
        var filling = fill(content, upTo: ContainerFormat.sampleSize, &reader, &container)
        let isGzip = ContainerFormat(content.bytes) == .gzip
        // What is compressed is taken out here, and counted: a scanner would do so, too, and again for each member.
        let isText = !isGzip && visitor.isText(content.bytes)
        let format = isGzip ? .gzip : ContainerFormat(content.bytes, isText: isText)
        if isText || format != nil, case .unfinished = filling {
            filling = fill(content, upTo: budget.room, &reader, &container)
            if case .unfinished = filling, !isExhausted { note(.tooLarge(content.count), names) }
        }
        budget.hold(content.count)
        if let format {
            open(content.bytes, as: format, names, in: container)
        } else if isText {
            if content.count > 0 { visitor.visit(content.bytes, names) }
        } else {
            visitor.pass(content.bytes, names)
        }
        budget.release(content.count)
        switch filling {
        case .whole: return true
        case .unfinished: return skip(&reader, &container)
        case .damaged:
            note(.damaged("its checksum is wrong"), names)
            return true
        case .failed(let failure):
            note(reader.isEncrypted ? .encrypted : .damaged(Self.words(failure)), names)
            return failure.isOfMember
        }
    }

    mutating func open(
        _ bytes: UnsafeRawBufferPointer, as format: ContainerFormat, _ names: [String], in container: Container
    ) {
        var inner = Container(bytes: bytes, format: format, names: names, name: names.last ?? "")
        if format.isDocument {
            // What is in it may be no further level; documents in documents could be without end.
            guard names.count <= limits.depth else { return note(.tooDeep(names.count), names) }
        } else if names.count >= limits.depth {
            // One file that is compressed is no further level; two of them could be without end.
            guard format.isCompression, !container.format.isCompression, !container.isLast else {
                note(.tooDeep(names.count), names)
                return
            }
            inner.isLast = true
        }
        walk(inner)
    }

    /// How far a member was read.
    private enum Filling {
        case whole
        case unfinished
        /// All was read, and is not what was packed.
        case damaged
        case failed(ArchiveFailure)
    }

    private mutating func fill(
        _ content: MemberBytes, upTo limit: Int, _ reader: inout ArchiveReader, _ container: inout Container
    ) -> Filling {
        var isDamaged = false
        while true {
            // No more than may be taken: a bomb fills any room.
            let room = content.room(upTo: min(limit, content.count + budget.remainingBytes))
            if room.isEmpty || !stopsIfExhausted(container) { return .unfinished }
            do throws(ArchiveFailure) {
                let step = try reader.read(into: room)
                take(step.count, &container)
                content.add(step.count)
                if step.isDamaged, !isDamaged {
                    isDamaged = true
                } else if step.count == 0 {
                    return isDamaged ? .damaged : .whole
                }
            } catch {
                return .failed(error)
            }
        }
    }

    /// Passes over the rest of a member.
    ///
    /// - Returns: Whether other members can still be found.
    private mutating func skip(_ reader: inout ArchiveReader, _ container: inout Container) -> Bool {
        // The library does it at the next member. What has to be decompressed for that is decompressed here, where it is counted.
        if container.format.skipsCheaply { return true }
        return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { piece in
            while stopsIfExhausted(container) {
                do throws(ArchiveFailure) {
                    let step = try reader.read(into: piece)
                    take(step.count, &container)
                    if step.count == 0 { return true }
                } catch {
                    note(error, &reader, container)
                    return error.isOfMember
                }
            }
            return false
        }
    }

    // MARK: Limits

    mutating func take(_ count: Int, _ container: inout Container) {
        container.takenCount += count
        budget.take(count)
    }

    /// - Returns: Whether there is still something left to take.
    mutating func stopsIfExhausted(_ container: Container) -> Bool {
        if isExhausted { return false }
        guard let reason = budget.exhaustion else { return true }
        isExhausted = true
        note(reason, [])
        return false
    }

    /// Notes why a container cannot be read on.
    private mutating func note(_ failure: ArchiveFailure, _ reader: inout ArchiveReader, _ container: Container) {
        guard reader.isEncrypted else { return note(.damaged(Self.words(failure)), container.names) }
        // Of its members that was said.
        if cuts.contains(where: { $0.reason == .encrypted && $0.names.dropLast() == container.names[...] }) { return }
        note(.encrypted, container.names)
    }

    mutating func note(_ reason: ContainerCut.Reason, _ names: [String]) {
        let cut = ContainerCut(reason: reason, names: names)
        if let index = cuts.lastIndex(where: { $0.isLike(cut) })
            ?? (cuts.count < Self.maximumCuts ? nil : cuts.indices.last)
        {
            cuts[index].others += 1
        } else {
            cuts.append(cut)
        }
    }

    /// The library's words, as far as they are for people.
    private static func words(_ failure: ArchiveFailure) -> String { String(failure.message.prefix(160)) }
}

extension ContainerWalk.Container {
    fileprivate func open() throws(ArchiveFailure) -> ArchiveReader {
        if let supply { return try ArchiveReader(supply, as: format) }
        return try ArchiveReader(bytes, as: format)
    }

    private static var maximumName: Int { 512 }

    /// What a member is called.
    fileprivate func name(of member: ArchiveReader.Member) -> String {
        if member.isRaw { return uncompressedName }
        var name = Substring(member.name ?? "")
        while name.hasPrefix("./") { name = name.dropFirst(2) }
        if name.isEmpty { return "member \(memberCount)" }
        return name.count > Self.maximumName ? name.prefix(Self.maximumName) + "…" : String(name)
    }

    /// `dump.sql` for `backup/dump.sql.xz`.
    private var uncompressedName: String {
        let last = name.split(separator: "/").last.map(String.init) ?? ""
        guard let dot = last.lastIndex(of: "."), dot > last.startIndex, last.distance(from: dot, to: last.endIndex) <= 6
        else { return "content" }
        return String(last[..<dot])
    }
}
