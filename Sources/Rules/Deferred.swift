import Synchronization

/// What can be read back from the compiled form.
protocol CompiledValue {
    func write(to writer: inout FieldWriter)
    init(from reader: inout FieldReader)
}

/// A value of the compiled form, read when somebody first asks for it; copies share what was read.
///
/// A scan asks for few of the rules, and for few of their texts: to read all of them would take longer than a staged file.
struct Deferred<Value: CompiledValue & Sendable>: Sendable {
    private final class Read: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    /// Shared by all copies, so that the value is read once.
    private final class Source: Sendable {
        private let compiled: PermanentBytes
        private let known = AtomicLazyReference<Read>()

        init(_ compiled: PermanentBytes) { self.compiled = compiled }

        var read: Read {
            if let read = known.load() { return read }
            var reader = FieldReader(bytes: compiled.bytes)
            // Where two threads read it at once, both get what the first has stored.
            return known.storeIfNil(Read(Value(from: &reader)))
        }

        /// What was read before; `nil`: nothing was.
        var readBefore: Read? { known.load() }

        /// The compiled form, from its beginning.
        var reader: FieldReader { FieldReader(bytes: compiled.bytes) }
    }

    private enum Storage {
        case known(Read)
        case compiled(Source)
    }

    private var storage: Storage

    init(_ value: Value) { storage = .known(Read(value)) }

    /// - Parameter bytes: What `RuleCoding` wrote of the value.
    init(compiled bytes: PermanentBytes) { storage = .compiled(Source(bytes)) }

    /// The same value, already read: asking it costs no atomic load.
    var known: Deferred {
        var copy = self
        copy.storage = .known(read)
        return copy
    }

    var value: Value {
        get { read.value }
        set { storage = .known(Read(newValue)) }
    }

    /// A part of the value with which its compiled form begins: where the value was not read yet, the rest is not, either.
    ///
    /// - Parameters:
    ///   - part: Of the value.
    ///   - beginning: Reads the part from the compiled form's first fields.
    func glance<Part>(_ part: (Value) -> Part, beginning: (inout FieldReader) -> Part) -> Part {
        guard case .compiled(let source) = storage, source.readBefore == nil else { return part(value) }
        var reader = source.reader
        return beginning(&reader)
    }

    /// Where the value is kept. Who asks for a part of the value copies that part alone, and not the whole.
    private var read: Read {
        switch storage {
        case .known(let read): read
        case .compiled(let source): source.read
        }
    }
}

extension Deferred: Equatable where Value: Equatable {
    static func == (left: Deferred, right: Deferred) -> Bool { left.value == right.value }
}

extension Deferred: Hashable where Value: Hashable {
    func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}

/// Bytes that stay where and as they are for the rest of the process, such as those of a literal.
///
/// `@unchecked Sendable`: nothing writes to them.
package struct PermanentBytes: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>

    /// - Precondition: The bytes are neither changed nor given back.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Those of a literal.
    package init(_ text: StaticString) {
        self.init(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
