/// How many bytes wait to be read; `nil` where the system does not say.
package func waitingByteCount(of descriptor: Int32) -> Int? {
    #if canImport(Darwin)
        // FIONREAD, a macro that Swift does not read: _IOR('f', 127, int).
        let request: UInt = 0x4004_667f
    #else
        let request = UInt(FIONREAD)
    #endif
    var count: Int32 = 0
    return ioctl(descriptor, request, &count) == 0 ? Int(count) : nil
}

/// How many columns a terminal has; `nil` where there is none.
package func columnCount(of descriptor: Int32) -> Int? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
}
