import Platform
import Synchronization

/// A terminal that one program has for itself: no echo, no lines, no signals from keys, and a screen beside the usual one.
///
/// However the process ends, the terminal is as it was, but for SIGKILL: signals and crashes put it back first.
enum TerminalMode {
    /// Where the terminal's earlier settings lie, for handlers of signals, which can capture nothing; 0: it was not taken.
    private static let earlier = Atomic<UInt>(0)
    private static let output = Atomic<Int32>(-1)
    /// Whether the window has another size, or the process was stopped and goes on.
    private static let hasChanged = Atomic<Bool>(false)

    /// The other screen, without a cursor, and without lines that go on in the next.
    private static let entering: StaticString = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l\u{1b}[2J"
    private static let leaving: StaticString = "\u{1b}[0m\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"

    /// Takes the terminal.
    ///
    /// - Returns: 0, or the error number.
    static func take(input: Int32, output descriptor: Int32) -> Int32 {
        var settings = termios()
        guard tcgetattr(input, &settings) == 0 else { return errno }
        if earlier.load(ordering: .sequentiallyConsistent) == 0 {
            // It is read by handlers of signals until the process ends, and never freed.
            let kept = UnsafeMutablePointer<termios>.allocate(capacity: 1)
            kept.initialize(to: settings)
            earlier.store(UInt(bitPattern: kept), ordering: .sequentiallyConsistent)
            handleSignals()
        }
        output.store(descriptor, ordering: .sequentiallyConsistent)
        cfmakeraw(&settings)
        guard tcsetattr(input, TCSADRAIN, &settings) == 0 else { return errno }
        write(entering, to: descriptor)
        return 0
    }

    /// Gives it back; more often than once does nothing more.
    static func giveBack() {
        let descriptor = output.exchange(-1, ordering: .sequentiallyConsistent)
        guard descriptor >= 0 else { return }
        write(leaving, to: descriptor)
        if let settings = UnsafePointer<termios>(bitPattern: earlier.load(ordering: .sequentiallyConsistent)) {
            // The same terminal by another name.
            _ = tcsetattr(descriptor, TCSADRAIN, settings)
        }
    }

    /// Whether its size is another one than when this was last asked, or what it shows may be gone.
    static func takeChange() -> Bool { hasChanged.exchange(false, ordering: .sequentiallyConsistent) }

    private static func write(_ text: StaticString, to descriptor: Int32) {
        var start = UnsafeRawPointer(text.utf8Start)
        var rest = text.utf8CodeUnitCount
        while rest > 0 {
            let count = writeBytes(descriptor, start, rest)
            if count <= 0 { return }
            start += count
            rest -= count
        }
    }

    private static func handleSignals() {
        signal(SIGWINCH) { _ in TerminalMode.hasChanged.store(true, ordering: .sequentiallyConsistent) }
        signal(SIGCONT) { _ in TerminalMode.hasChanged.store(true, ordering: .sequentiallyConsistent) }
        for number in [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE] {
            signal(number) { number in
                TerminalMode.giveBack()
                signal(number, SIG_DFL)
                _ = raise(number)
            }
        }
    }

    /// Lets the shell have the terminal until it wants this program to go on.
    static func suspend() {
        giveBack()
        kill(0, SIGTSTP)
    }

    /// What a wait for the terminal came to.
    enum Input: Sendable {
        case bytes([UInt8])
        /// Nothing came in time, or a signal did.
        case nothing
        /// Nobody is there any more.
        case ended
    }

    /// Waits for keys.
    ///
    /// - Parameter milliseconds: How long at most.
    static func read(_ input: Int32, within milliseconds: Int32) -> Input {
        var wanted = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, milliseconds) > 0 else { return .nothing }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readBytes(input, &buffer, buffer.count)
        if count > 0 { return .bytes(Array(buffer[..<count])) }
        return count < 0 && errno == EINTR ? .nothing : .ended
    }

    /// Columns and lines of a terminal; `nil` where it does not say.
    static func size(of descriptor: Int32) -> (columns: Int, lines: Int)? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}

/// `write(2)`, by a name that no other of a type hides.
private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, start, count)
}

/// `read(2)`, by a name that no other of a type hides.
private func readBytes(_ descriptor: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, start, count)
}
