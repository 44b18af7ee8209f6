import Bytes

/// Puts look-ups into the places of a file's secrets. It reads and writes nothing.
package struct FileFixer: Sendable {
    /// What is put there.
    package enum Purpose: Sendable {
        /// Variables of the environment.
        case lookups
        /// The same value, put together at run time: for keys of tests, which are none.
        case fixtures
    }

    private let path: String
    private let purpose: Purpose
    private let declared: Set<String>

    /// - Parameters:
    ///   - path: The file's, with `/` between components: what it is is told by that.
    ///   - declared: Variables that other Terraform files of its folder declare.
    package init(path: String, purpose: Purpose = .lookups, declared: Set<String> = []) {
        self.path = path
        self.purpose = purpose
        self.declared = declared
    }

    /// - Parameters:
    ///   - text: UTF-8, or anything that ASCII is a part of, without a mark.
    ///   - places: The secrets in it, in order, none of which overlaps another.
    ///   - names: Those that were given to values so far.
    /// - Returns: Without those places of which something else was replaced around them: they stand elsewhere in the new text.
    package func fix(_ text: [UInt8], _ places: [SecretPlace], _ names: inout VariableNames) -> FileFix {
        let kind = FileKind(path: path, text)
        var fix = FileFix(text)
        if case .environment = kind, purpose == .lookups {
            let own = EnvironmentFile.names(in: text)
            fix.environment = own
            fix.places = places.indices.map { FileFix.Place(number: $0, outcome: .kept) }
            return fix
        }
        fix.looksUpEnvironment = kind.looksUpEnvironment
        var ranges = places.map(\.range)
        // What stands at the top of a file gets its name first.
        let wanted = places.map { names.name(for: $0) }
        var (imports, appendices): (Set<String>, [String]) = ([], [])
        // From the end: what changes there moves nothing that is still to be done.
        var isMoved = [Bool](repeating: false, count: places.count)
        for number in places.indices.reversed() where !isMoved[number] {
            let secret = ranges[number]
            let answer = answer(kind, fix.text, secret, name: wanted[number])
            switch answer {
            case .replaced(let edits, _) where !Edit.fit(edits, count: fix.text.count):
                fix.places.append(
                    FileFix.Place(number: number, outcome: .refused("the text around it is not understood here")))
            case .refused(let reason):
                fix.places.append(FileFix.Place(number: number, outcome: .refused(reason)))
            case .replaced(let edits, let step):
                let previous = fix.text
                fix.text = Edit.applied(edits, to: fix.text)
                for other in 0..<number {
                    if edits.contains(where: { $0.range.overlaps(ranges[other]) }) { isMoved[other] = true }
                    ranges[other] = Edit.moved(ranges[other], by: edits)
                }
                fix.inserted += insertions(kind, secret: previous[secret], name: step.name ?? wanted[number])
                imports.formUnion(step.imports)
                if let appendix = step.appendix, !appendices.contains(appendix) { appendices.append(appendix) }
                if let name = step.name { names.note(name, for: places[number]) }
                let outcome: FileFix.Outcome = step.isMask ? .masked : purpose == .fixtures ? .assembled : .replaced
                fix.places.append(
                    FileFix.Place(
                        number: number, outcome: outcome,
                        name: purpose == .fixtures ? nil : step.name ?? wanted[number], note: step.note))
            }
        }
        fix.places.reverse()
        finish(&fix, kind, imports, appendices)
        return fix
    }

    private func insertions(_ kind: FileKind, secret: ArraySlice<UInt8>, name: String) -> [Insertion] {
        guard purpose == .fixtures else { return Insertion.references(to: name) }
        guard case .code(let language) = kind else { return [] }
        return Insertion.assembled(FixturePieces.of(Array(secret)), language).map { [$0] } ?? []
    }

    private func finish(_ fix: inout FileFix, _ kind: FileKind, _ imports: Set<String>, _ appendices: [String]) {
        if case .code(let language) = kind {
            for module in imports.sorted() {
                guard let edit = ImportPlace(language, fix.text).edit(adding: module) else { continue }
                fix.text = Edit.applied([edit], to: fix.text)
                fix.inserted += String(decoding: edit.text, as: UTF8.self).split(whereSeparator: \.isNewline).map {
                    Insertion(String($0))
                }
            }
        }
        for appendix in appendices {
            let ending = fix.text.lineEnding
            let opening = fix.text.last == .lineFeed || fix.text.isEmpty ? ending : ending + ending
            fix.text += Array((opening + appendix).utf8)
            fix.inserted += appendix.split(whereSeparator: \.isNewline).map { Insertion(String($0)) }
        }
    }

    private func answer(_ kind: FileKind, _ text: [UInt8], _ secret: Range<Int>, name: String) -> Answer {
        if secret.isEmpty { return .refused("where it is written is not known") }
        if purpose == .fixtures { return fixture(kind, text, secret) }
        switch kind {
        case .code(let language): return CodeFixer(language, text, .lookup).answer(secret, name: name)
        case .shell: return ShellText(text).answer(secret, name: name, reference: "${\(name):?}")
        case .dockerfile: return Dockerfile(bytes: text).answer(secret, name: name)
        case .makefile: return Makefile(bytes: text).answer(secret, name: name)
        case .terraform: return TerraformFixer(text, declared: declared).answer(secret, name: name)
        case .terraformValues: return TerraformValues(bytes: text).answer(secret, name: name)
        case .yaml(let kind): return YAMLFixer(kind: kind, bytes: text).answer(secret, name: name)
        case .notebook: return Notebook(bytes: text).answer(secret, name: name)
        case .json(let kind): return JSONSettings(kind: kind, bytes: text).answer(secret, name: name)
        case .lines(let form, let comments):
            return LineFormat(form: form, comments: comments, bytes: text).answer(secret, name: name)
        case .environmentExample: return EnvironmentFile.emptied(secret, in: text, name: name)
        case .environment: return .refused("the file holds values")
        case .unsupported(let reason): return .refused(reason)
        }
    }

    private func fixture(_ kind: FileKind, _ text: [UInt8], _ secret: Range<Int>) -> Answer {
        guard case .code(let language) = kind else {
            return .refused(
                "nothing in it is put together at run time; write a value that says that it is none, with EXAMPLE in it"
            )
        }
        let written = text[secret]
        guard
            written.allSatisfy({
                UInt8.visibleCharacters.contains($0)
                    && ![.quotationMark, .apostrophe, .backslash, .dollar, .numberSign, .leftBrace].contains($0)
            })
        else { return .refused("its characters have a meaning in literals") }
        let pieces = FixturePieces.of(Array(written))
        guard language.assembled(pieces) != nil else {
            return .refused("compilers of this language put literals together, and scanners do, too")
        }
        return CodeFixer(language, text, .assembled(pieces: pieces)).answer(secret, name: "")
    }
}

/// Pieces of a value in which no scanner sees it.
enum FixturePieces {
    /// A rule wants more characters in a row than that, and the judge takes pieces of seven for passwords now and then.
    private static let longest = 5

    static func of(_ value: [UInt8]) -> [String] {
        let count = max(2, (value.count + longest - 1) / longest)
        let length = max(1, (value.count + count - 1) / count)
        return stride(from: 0, to: value.count, by: length).map {
            String(decoding: value[$0..<min(value.count, $0 + length)], as: UTF8.self)
        }
    }
}
