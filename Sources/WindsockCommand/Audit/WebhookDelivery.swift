import Findings
import FoundationEssentials
import Verification

/// Sends the message of a report to an address that a variable or a file has: on a command line everybody on the machine
/// could read it.
struct WebhookDelivery {
    private let webhook: Webhook

    /// - Parameter source: The name of a variable, or `@` and that of a file.
    init(_ source: String, allowsPrivateAddresses: Bool) throws(CommandFailure) {
        if source.contains("://") {
            throw CommandFailure(
                "--send takes the name of a variable that has the address, or @FILE: on a command line everybody on this machine reads it, and it is a secret"
            )
        }
        let text: String
        if source.hasPrefix("@") {
            text = try TextFile.read(String(source.dropFirst()), purpose: "the address of --send from")
        } else {
            guard let value = Environment.value(source), !value.isEmpty else {
                throw CommandFailure("the variable that --send names is not set, or empty")
            }
            text = value
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1 else { throw CommandFailure("what --send names holds no address, or more than one") }
        var settings = NetworkSettings(variable: Environment.value)
        settings.allowsPrivateAddresses = allowsPrivateAddresses
        settings.userAgent = "windsock/\(Windsock.version)"
        do throws(WebAddress.Objection) {
            webhook = Webhook(try WebAddress(String(words[0])), settings)
        } catch {
            throw CommandFailure("the address that --send names \(error)")
        }
    }

    /// - Throws: With exit code 3 where the message was not taken.
    func deliver(_ message: [UInt8]) throws(CommandFailure) {
        installInterruptHandlers()
        do throws(TransportFailure) {
            try webhook.post(message, mayGoOn: { !interruption.isRequested })
        } catch {
            throw CommandFailure(
                "could not send the message: \(error.reason)" + (error.advice.map { ". \($0)" } ?? ""),
                code: .incomplete)
        }
        StandardError.write("windsock: the message was sent to \(webhook.host)\n")
    }
}
