import Bytes
import Documents
import Rules

/// What can be read in a compiled program: runs of printable ASCII, in one byte a character and then in two, each a line.
enum ProgramText {
    private static let beginnings: [[UInt8]] = [
        // ELF; class files, and Mach-O for several processors; Mach-O in both orders; WebAssembly; Android's dex.
        [0x7f, 0x45, 0x4c, 0x46], [0xca, 0xfe, 0xba, 0xbe], [0xfe, 0xed, 0xfa, 0xce], [0xfe, 0xed, 0xfa, 0xcf],
        [0xce, 0xfa, 0xed, 0xfe], [0xcf, 0xfa, 0xed, 0xfe], [0, 0x61, 0x73, 0x6d], [0x64, 0x65, 0x78, 0x0a],
    ]

    /// By how it begins. It is not asked of text.
    static func isProgram(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 64 else { return false }
        if beginnings.contains(where: { bytes.starts(with: $0) }) { return true }
        // Python's: the version, and a line end that a transfer as text would spoil.
        if bytes[2] == 0x0d, bytes[3] == 0x0a { return true }
        guard bytes[0] == 0x4d, bytes[1] == 0x5a else { return false }
        let header = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 60, as: UInt32.self)))
        return header + 4 <= bytes.count && bytes.slice(header..<(header + 4)).elementsEqual([0x50, 0x45, 0, 0])
    }

    /// The runs, as UTF-8.
    static func text(of program: UnsafeRawBufferPointer) -> [UInt8] {
        if PythonCode.isCompiled(program) { return PythonCode.text(of: program) }
        return PrintableText.runs(of: program) + PrintableText.wideRuns(of: program)
    }
}

extension Rule {
    /// Whether a secret is known by its form alone: what stands around it in a program need not have to do with it.
    var isOfForm: Bool { judge == nil && strength == .own && context == nil && confidence == .high }
}
