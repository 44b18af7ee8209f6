/// The stretch of a text around a keyword in which something of a rule's matches lies.
package enum KeywordWindow: Sendable, Equatable {
    /// From so many bytes before the keyword's first byte to so many behind it. `behind` is negative where each match
    /// begins with something else, so that it begins before the keyword.
    case around(before: Int, behind: Int)
    /// The line of the keyword.
    case line
    case text
    /// The keyword alone: what is assigned to the name that holds it is read from there.
    case keyword
    /// As far as what encloses a value, or stands near it, is looked for.
    case context

    /// In bytes. Longer matches are looked for in the whole line or text: windows that wide overlap anyway.
    static let longest = 16384
}

extension KeywordWindow: CompiledValue {
    func write(to writer: inout FieldWriter) {
        switch self {
        case .around(let before, let behind):
            writer.put(0)
            writer.put(before)
            writer.put(behind)
        case .line: writer.put(1)
        case .text: writer.put(2)
        case .keyword: writer.put(3)
        case .context: writer.put(4)
        }
    }

    init(from reader: inout FieldReader) {
        switch reader.integer() {
        case 0: self = .around(before: reader.integer(), behind: reader.integer())
        case 1: self = .line
        case 3: self = .keyword
        case 4: self = .context
        default: self = .text
        }
    }
}
