import Bytes

extension AssignmentFeatures {
    /// How many numbers trees look at: `DENSE` in `features.py`.
    static var denseCount: Int { 40 }

    /// The numbers that trees look at: `dense` in `features.py`, in the same order.
    ///
    /// - Parameter output: Room for `denseCount` numbers.
    func writeDense(to output: UnsafeMutableBufferPointer<Int32>) {
        var count = 0
        func add(_ number: Int) {
            output[count] = Int32(truncatingIfNeeded: number)
            count &+= 1
        }
        add(measures.length)
        for kind in 0..<ByteClass.count { add(measures.count(ByteClass(rawValue: UInt8(kind)))) }
        add(measures.distinct)
        add(measures.entropy)
        add(measures.transitions)
        add(measures.likeness)
        add(measures.pairs)
        add(measures.longestLetters)
        add(measures.longest(.digit))
        add(measures.longest(.lower))
        add(measures.longest(.upper))
        add(measures.repeats)
        add(measures.steps)
        add(measures.most)
        add(Int(kind.rawValue))
        add(Int(quote))
        add(isInComment ? 1 : 0)
        add(Int(followingClass.rawValue))
        add(nameLength)
        add(nameWords.count)
        add(valueWords.count)
        add(valueWords.longest)
        add(shared)
        add(isName ? 1 : 0)
        add(measures.hexes == measures.length ? 1 : 0)
        add(Int(value.first ?? 0))
        add(Int(value.last ?? 0))
        add(measures.count(of: .period))
        add(measures.count(of: .slash))
        add(measures.count(of: .underscore) + measures.count(of: .hyphen))
        add(measures.count(of: .leftParenthesis))
        add(measures.count(of: .equalsSign))
        add(measures.count(of: .dollar) + measures.count(of: .leftBrace) + measures.count(of: .percent))
        add(measures.count(of: .lessThan))
        add(measures.entropy * measures.length / 16)
    }
}
