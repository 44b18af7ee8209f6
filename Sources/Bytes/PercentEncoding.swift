extension ArraySlice<UInt8> {
    /// With what percent-encoding stands for: `%20` is a space; what is no escape stays.
    package var percentDecoded: [UInt8] {
        var result: [UInt8] = []
        var index = startIndex
        while index < endIndex {
            if self[index] == .percent, index + 2 < endIndex, let high = self[index + 1].hexValue,
                let low = self[index + 2].hexValue
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(self[index])
                index += 1
            }
        }
        return result
    }
}
