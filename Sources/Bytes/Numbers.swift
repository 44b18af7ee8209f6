/// Numbers as files have them, and bytes as people read them.
extension UnsafeRawBufferPointer {
    /// A number in network order; the caller has seen that it is there.
    @inlinable
    package func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Number.Type) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// Lower-case hex digits.
    package var hexadecimal: String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 2 * count) { output in
            for (index, byte) in enumerated() {
                output[2 * index] = digits.utf8Start[Int(byte >> 4)]
                output[2 * index + 1] = digits.utf8Start[Int(byte & 15)]
            }
            return 2 * count
        }
    }
}

extension String {
    /// The bytes that digits stand for, two a byte; what is no digit is passed over.
    package var hexadecimalBytes: [UInt8] {
        let digits = utf8.compactMap(\.hexValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
