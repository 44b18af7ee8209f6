import Pipeline
import Platform

/// Set by the handlers below, which can capture nothing.
let interruption = Interruption()

/// Ends scans in order on the first SIGINT, SIGTERM or SIGHUP: what was found is reported. A second one ends the process.
func installInterruptHandlers() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
        // nohup(1) has the scan go on when its terminal is closed.
        if number == SIGHUP, CurrentProcess.ignores(number) { continue }
        signal(number) { number in
            interruption.request()
            signal(number, SIG_DFL)
        }
    }
}
