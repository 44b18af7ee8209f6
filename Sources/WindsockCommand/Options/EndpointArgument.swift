import ArgumentParser
import Rules

/// `mistral=https://gateway.example`
struct EndpointArgument: ExpressibleByArgument {
    var name: String
    var address: HTTPSAddress

    init?(argument: String) {
        guard let separator = argument.firstIndex(of: "="), separator > argument.startIndex else { return nil }
        name = String(argument[..<separator])
        do throws(HTTPSAddressError) {
            address = try HTTPSAddress(String(argument[argument.index(after: separator)...]))
        } catch {
            return nil
        }
        guard !address.target.contains("?"), !address.target.contains("{") else { return nil }
    }
}
