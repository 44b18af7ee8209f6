import ArgumentParser
import Rules

/// `mistral=https://gateway.example`
struct EndpointArgument {
    var name: String
    var address: HTTPSAddress

    /// - Throws: `ValidationError` that says what the address lacks.
    init(argument: String) throws {
        guard let separator = argument.firstIndex(of: "="), separator > argument.startIndex else {
            throw ValidationError("write PROVIDER=ADDRESS, for example mistral=https://gateway.example")
        }
        name = String(argument[..<separator])
        do throws(HTTPSAddressError) {
            address = try HTTPSAddress(String(argument[argument.index(after: separator)...]))
        } catch {
            throw ValidationError("the address \(error)")
        }
        guard !address.target.contains("?"), !address.target.contains("{") else {
            throw ValidationError("the address must have no query and no { }: the rule says what is asked there")
        }
    }
}
