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

    private final class Storage: Sendable {
        private let compiled: PermanentBytes?
        private let known = AtomicLazyReference<Read>()

        init(_ compiled: PermanentBytes) { self.compiled = compiled }

        init(_ value: Value) {
            compiled = nil
            _ = known.storeIfNil(Read(value))
        }

        var read: Read {
            if let read = known.load() { return read }
            guard let compiled else { preconditionFailure("a value that is not compiled is known from the start") }
            var reader = FieldReader(bytes: compiled.bytes)
            // Where two threads read it at once, both get what the first has stored.
            return known.storeIfNil(Read(Value(from: &reader)))
        }
    }

    private var storage: Storage

    init(_ value: Value) { storage = Storage(value) }

    /// - Parameter bytes: What `RuleCoding` wrote of the value.
    init(compiled bytes: PermanentBytes) { storage = Storage(bytes) }

    var value: Value {
        get { storage.read.value }
        set { storage = Storage(newValue) }
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
