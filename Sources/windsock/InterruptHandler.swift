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
        signal(number) { number in
            interruption.request()
            signal(number, SIG_DFL)
        }
    }
}
