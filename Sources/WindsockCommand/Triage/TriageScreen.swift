import Bytes
import Findings
import Git
import Platform
import Reports
import Screen
import Store

/// The loop around the screen of `windsock triage`: keys in, lines out, and the store between.
struct TriageScreen {
    private let store: Store
    private var model: TriageModel
    private var painter: Painter
    private var reader = KeyReader()
    /// What the store said when it was last read.
    private var writeCount: Int
    private let author: String

    private static let (input, output) = (STDIN_FILENO, STDOUT_FILENO)
    /// How long is waited for the rest of a key, and for a key before the store is looked at; milliseconds.
    private static let (keyPatience, glance): (Int32, Int32) = (50, 1000)

    /// Shows a store until somebody quits.
    ///
    /// - Parameters:
    ///   - author: Who decides.
    ///   - isColored: Whether there are colours.
    static func run(_ store: Store, author: String, isColored: Bool) throws(CommandFailure) {
        var screen = try TriageScreen(store, author: author, isColored: isColored)
        let code = TerminalMode.take(input: input, output: output)
        guard code == 0 else {
            throw CommandFailure("could not take the terminal: \(SystemError.reason(of: code)); \(Self.otherWays)")
        }
        defer { TerminalMode.giveBack() }
        try screen.loop()
    }

    /// Why there can be no screen; `nil`: there can.
    static var obstacle: String? {
        guard isatty(input) == 1, isatty(output) == 1 else {
            return "windsock triage without a fingerprint is a screen, and there is no terminal here; \(otherWays)"
        }
        guard !TerminalColors.isDumb, Environment.value("TERM") != nil else {
            return "this terminal (TERM=\(Environment.value("TERM") ?? "")) cannot show a screen; \(otherWays)"
        }
        return nil
    }

    private static let otherWays =
        "windsock report lists the secrets, and windsock triage FINGERPRINT --state STATE --reason TEXT decides"

    private init(_ store: Store, author: String, isColored: Bool) throws(CommandFailure) {
        self.store = store
        self.author = author
        let read = try StoreFile.told { () throws(StoreError) in (try store.writeCount(), try store.overview()) }
        writeCount = read.0
        model = TriageModel(read.1, name: store.path, today: .today)
        painter = Painter(isColored: isColored)
        resize()
    }

    private mutating func resize() {
        let size = TerminalMode.size(of: Self.output) ?? (columns: 80, lines: 24)
        model.resize(columns: size.columns, lines: size.lines)
    }

    // MARK: The loop

    private mutating func loop() throws(CommandFailure) {
        paint()
        while true {
            let input = TerminalMode.read(Self.input, within: reader.isWaiting ? Self.keyPatience : Self.glance)
            if TerminalMode.takeChange() {
                // It may have been stopped, and another program had the terminal.
                _ = TerminalMode.take(input: Self.input, output: Self.output)
                painter.forget()
                resize()
            }
            switch input {
            case .ended: return
            case .nothing:
                if try !press(reader.keys(in: [])) { return }
                try glance()
            case .bytes(let bytes):
                if try !press(reader.keys(in: bytes)) { return }
            }
            paint()
        }
    }

    private mutating func paint() {
        let bytes = painter.bytes(of: TriageView(model).lines, columns: model.columns, lines: model.lines)
        if !bytes.isEmpty { _ = OutputFile.write(bytes, to: Self.output) }
    }

    /// - Returns: Whether it goes on.
    private mutating func press(_ keys: [Key]) throws(CommandFailure) -> Bool {
        for key in keys {
            for effect in model.press(key) {
                if effect == .quit { return false }
                try carryOut(effect)
            }
        }
        return true
    }

    /// Others may write to the store meanwhile: a scan, a colleague.
    private mutating func glance() throws(CommandFailure) {
        let count = try told { () throws(StoreError) in try store.writeCount() }
        if count != writeCount, model.prompt == nil { try carryOut(.reload) }
    }

    // MARK: Effects

    private mutating func carryOut(_ effect: TriageEffect) throws(CommandFailure) {
        switch effect {
        case .quit: break
        case .repaint: painter.forget()
        case .suspend:
            TerminalMode.suspend()
            _ = TerminalMode.take(input: Self.input, output: Self.output)
            painter.forget()
            resize()
        case .reload:
            let read = try told { () throws(StoreError) in (try store.writeCount(), try store.overview()) }
            writeCount = read.0
            try carryOut(model.replace(read.1))
        case .load(let id):
            guard let overview = model.selection.secrets.first(where: { $0.id == id }) else { return }
            model.show(try told { () throws(StoreError) in try store.detail(of: overview) })
        case .decide(let wishes, let isUndo): try decide(wishes, isUndo)
        case .open(let address): open(address)
        }
    }

    private mutating func carryOut(_ effects: [TriageEffect]) throws(CommandFailure) {
        for effect in effects { try carryOut(effect) }
    }

    private mutating func decide(_ wishes: [TriageWish], _ isUndo: Bool) throws(CommandFailure) {
        let now = Int(time(nil))
        let decisions = wishes.map {
            Decision(
                $0.fingerprint, $0.state, reason: KeptName.words($0.reason), author: author, time: now, until: $0.until)
        }
        let isMasked = zip(wishes, decisions).contains { $0.reason != $1.reason }
        let made: [Decision]?
        do throws(StoreError) {
            made = try store.decide(decisions, knowing: wishes.map(\.known))
        } catch {
            // What is locked or full may be free again in a minute, and the screen is still right.
            return model.say("\(error)")
        }
        if let made {
            try carryOut(model.decided(wishes, made, isUndo: isUndo))
            if isMasked { model.say("what may be a secret in the reason is masked; \(model.message)") }
        } else {
            try carryOut(model.refused(isUndo: isUndo))
        }
    }

    /// Starts what opens pages here, without a shell; it has no terminal, and what it says goes nowhere.
    private mutating func open(_ address: String) {
        guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return }
        #if os(macOS)
            let program = "open"
        #else
            let program = "xdg-open"
        #endif
        do throws(SystemError) {
            try ChildProcess.startApart([program, address], environment: GitProgram(folder: ".").environment)
        } catch {
            model.say("\(program) is not here; the page is \(address)")
        }
    }

    /// Whatever ends the screen is told on the usual one.
    private func told<Result>(_ body: () throws(StoreError) -> Result) throws(CommandFailure) -> Result {
        try StoreFile.told(code: .incomplete, body)
    }
}
