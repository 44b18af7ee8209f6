internal import Documents

/// Documents, which are read without libarchive: what is in them is looked at as members of archives are.
extension ContainerWalk {
    mutating func walk(document container: inout Container) {
        switch container.format {
        case .database: readDatabase(&container)
        case .mail: readMail(&container)
        case .pdf: readPDF(&container)
        default: visitor.visit(document: container.bytes, as: container.format, container.names)
        }
    }

    private mutating func readDatabase(_ container: inout Container) {
        guard let reader = DatabaseReader(container.bytes) else {
            return note(.damaged("it is no database"), container.names)
        }
        let fault = reader.read { piece in
            switch piece {
            case .text(let text):
                take(text.bytes.count, &container)
                visitor.visit(text, container.names)
            case .blob(let bytes, let name):
                // What can be read in it was shown as text.
                if let format = ContainerFormat(bytes) {
                    look(at: bytes, called: name, as: format, in: &container)
                }
            }
            return stopsIfExhausted(container)
        }
        if let fault, !isExhausted { note(.damaged(fault), container.names) }
    }

    private mutating func readMail(_ container: inout Container) {
        var reader = MailReader(container.bytes)
        reader.read { part in
            take(part.content.count, &container)
            part.content.withUnsafeBytes { look(at: $0, called: part.name, in: &container) }
            return stopsIfExhausted(container)
        }
        visitor.visit(whole: container.bytes, container.names)
    }

    private mutating func readPDF(_ container: inout Container) {
        visitor.visit(document: container.bytes, as: .pdf, container.names)
        for (index, content) in PDFParts(container.bytes).attachments.enumerated() where stopsIfExhausted(container) {
            take(content.count, &container)
            content.withUnsafeBytes { look(at: $0, called: "attachment \(index + 1)", in: &container) }
        }
    }

    /// Looks at what a document holds.
    private mutating func look(at bytes: UnsafeRawBufferPointer, called name: String, in container: inout Container) {
        let isText = visitor.isText(bytes)
        if let format = ContainerFormat(bytes, isText: isText) {
            look(at: bytes, called: name, as: format, in: &container)
            return
        }
        let names = container.names + [name]
        if bytes.isEmpty || visitor.leavesOut(names) { return }
        budget.takeMember()
        budget.hold(bytes.count)
        if isText { visitor.visit(bytes, names) } else { visitor.pass(bytes, names) }
        budget.release(bytes.count)
    }

    private mutating func look(
        at bytes: UnsafeRawBufferPointer, called name: String, as format: ContainerFormat, in container: inout Container
    ) {
        let names = container.names + [name]
        if visitor.leavesOut(names) { return }
        budget.takeMember()
        budget.hold(bytes.count)
        open(bytes, as: format, names, in: container)
        budget.release(bytes.count)
    }
}
