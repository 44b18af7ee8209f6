import Bytes
internal import Git
internal import Platform

/// The text of PDF documents, by poppler's `pdftotext` where it is installed: its licence forbids linking it.
///
/// The program gets the document on standard input, and has a limit for its time, its memory and what it says. It can write no file.
enum PDFText {
    enum Outcome {
        case text([UInt8])
        /// In words that follow the document's name.
        case failed(String)
    }

    /// In seconds of the processor.
    private static let maximumSeconds = 10
    private static let maximumMemory = 512 << 20
    private static let maximumOutput = 64 << 20

    /// The program; `nil`: there is none. Only folders that are named in full are looked into.
    static let program: String? = {
        guard let path = getenv("PATH") else { return nil }
        return String(cString: path).split(separator: ":").lazy.filter { $0.hasPrefix("/") }.map { "\($0)/pdftotext" }
            .first { access($0, X_OK) == 0 }
    }()

    /// - Parameter program: As it was found.
    static func text(of document: UnsafeRawBufferPointer, by program: String) -> Outcome {
        let limits = "ulimit -t \(maximumSeconds); ulimit -v \(maximumMemory >> 10); ulimit -f 0; ulimit -c 0; "
        do throws(SystemError) {
            let outcome = try ChildProcess.run(
                ["/bin/sh", "-c", limits + #"exec "$0" -q -enc UTF-8 - -"#, program], environment: ["LC_ALL=C"],
                input: document, maximumOutput: maximumOutput, maximumTime: .seconds(3 * maximumSeconds))
            if outcome.isCut { return .failed("took too long, or has too much text") }
            switch outcome.status {
            case 0: return .text(outcome.output)
            case 3: return .failed("is protected by a password")
            case 1...2: return .failed("is damaged, or protected by a password")
            default: return .failed("could not be read by pdftotext, which ended with \(outcome.status)")
            }
        } catch {
            return .failed("could not be read: \(error)")
        }
    }
}
