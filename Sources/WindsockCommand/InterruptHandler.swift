import Pipeline

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Set by the handlers below, which can capture nothing.
let interruption = Interruption()

/// Ends scans in order on the first SIGINT, SIGTERM or SIGHUP: what was found is reported. A second one ends the process.
func installInterruptHandlers() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
        var current = sigaction()
        // nohup(1) has the scan go on when its terminal is closed.
        if number == SIGHUP, sigaction(number, nil, &current) == 0, isIgnored(current) { continue }
        signal(number) { number in
            interruption.request()
            signal(number, SIG_DFL)
        }
    }
}

private func isIgnored(_ action: sigaction) -> Bool {
    // Handlers are pointers to functions, which Swift cannot compare; SIG_IGN is the address 1.
    #if canImport(Glibc)
        let handler = action.__sigaction_handler.sa_handler
    #else
        let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: UInt.self) == 1
}
