import PackFile

/// What libFuzzer calls. The first byte says what the rest is.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = FuzzInput(UnsafeRawBufferPointer(start: start, count: count))
    switch input.byte() % 4 {
    case 0: fuzzFiles(&input, isShared: false)
    case 1: fuzzFiles(&input, isShared: true)
    case 2: fuzzScript(&input)
    default: checkInflate(input.rest(), largestSize: 1 << 16)
    }
    return 0
}

/// A pack and its index, or one for many packs, as bytes: whatever they are, nothing may crash.
private func fuzzFiles(_ input: inout FuzzInput, isShared: Bool) {
    let limits = input.limits()
    let pack = input.bytes(input.number())
    let index = input.rest()
    do throws(PackError) {
        check(
            try isShared
                ? PackFile(name: "a", pack: pack, multiPackIndex: index)
                : PackFile(name: "a", pack: pack, index: index), limits)
    } catch {
        precondition(!error.description.isEmpty)
    }
}

/// A pack that is made from a script, so that checksums are right and what is behind them is reached.
private func fuzzScript(_ input: inout FuzzInput) {
    let limits = input.limits()
    let script = PackScript(&input)
    script.pack.withUnsafeBytes { pack in
        script.index.withUnsafeBytes { index in
            do throws(PackError) {
                check(try PackFile(name: "a", pack: pack, index: index), limits)
            } catch {
                precondition(!error.description.isEmpty)
            }
        }
    }
}
