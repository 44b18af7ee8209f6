import Findings
import Platform

/// Variables of the process.
enum Environment {
    /// `nil`, too, for a variable that is set to nothing.
    static func value(_ name: String) -> String? {
        guard let text = getenv(name), text[0] != 0 else { return nil }
        return String(cString: text)
    }

    /// Changes a variable of this process; `nil` takes it away.
    static func set(_ name: String, _ value: String?) {
        if let value { setenv(name, value, 1) } else { unsetenv(name) }
    }

    /// Names the time zone that holds where none is named.
    ///
    /// The C library asks anew whether `/etc/localtime` has changed for each time that it works out where no variable names a
    /// zone, and libarchive has it worked out for each member of a ZIP archive. Before there are threads: others may read variables.
    static func nameTimeZone() {
        if getenv("TZ") == nil { setenv("TZ", ":/etc/localtime", 1) }
    }

    /// The team's key for fingerprints; `nil`: there is none.
    ///
    /// - Throws: `CommandFailure` for one that could be guessed.
    static func fingerprintKey() throws(CommandFailure) -> FingerprintKey? {
        guard let text = value(FingerprintKey.variable) else { return nil }
        do throws(WeakFingerprintKey) {
            return try FingerprintKey(text)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
