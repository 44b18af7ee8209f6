internal import Platform

/// An IP address that a connection is about to be made to.
package struct IPAddress: Sendable, Hashable {
    /// Network byte order, 4 or 16.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// - Returns: `nil` for anything but IPv4 and IPv6.
    init?(_ address: UnsafePointer<sockaddr>) {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            bytes = UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr_in.self)
                .withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
                    withUnsafeBytes(of: pointer.pointee.sin_addr) { Array($0) }
                }
        case AF_INET6:
            bytes = UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr_in6.self)
                .withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
                    withUnsafeBytes(of: pointer.pointee.sin6_addr) { Array($0) }
                }
        default: return nil
        }
    }

    /// Reads the written form of an IPv4 or IPv6 address.
    package init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: six) { Array($0) }
        } else {
            return nil
        }
    }

    /// Whether it is an address of the public internet: what none of IANA's special-purpose registries keeps for
    /// something else (https://www.iana.org/assignments/iana-ipv4-special-registry, …-ipv6-special-registry).
    ///
    /// IPv6 addresses that lead to an IPv4 address (mapped, NAT64, 6to4) are as public as that one.
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { $0.contains(bytes) } }
        // ::ffff:a.b.c.d, the same translated, and NAT64's well-known prefix: the IPv4 address is in the last four bytes.
        if Self.embedding.contains(where: { $0.contains(bytes) }) {
            return IPAddress(bytes: Array(bytes[12...])).isPublic
        }
        // 6to4: it is in bytes 2 to 5.
        if bytes[0] == 0x20, bytes[1] == 0x02 { return IPAddress(bytes: Array(bytes[2..<6])).isPublic }
        return Self.unicast6.contains(bytes) && !Self.special6.contains { $0.contains(bytes) }
    }

    /// Whether it is this machine itself.
    package var isLoopback: Bool {
        if bytes.count == 4 { return bytes[0] == 127 }
        if Self.embedding[0].contains(bytes) { return bytes[12] == 127 }
        return bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    private static let special4: [AddressRange] = [
        .init([0], 8), .init([10], 8), .init([100, 64], 10), .init([127], 8), .init([169, 254], 16),
        .init([172, 16], 12), .init([192, 0, 0], 24), .init([192, 0, 2], 24), .init([192, 31, 196], 24),
        .init([192, 52, 193], 24), .init([192, 88, 99], 24), .init([192, 168], 16), .init([192, 175, 48], 24),
        .init([198, 18], 15), .init([198, 51, 100], 24), .init([203, 0, 113], 24),
        // Multicast, reserved and broadcast.
        .init([224], 4), .init([240], 4),
    ]
    private static let embedding: [AddressRange] = [
        .init([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96), .init([0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0], 96),
        .init([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96),
    ]
    /// Everything else (loopback, unique local, link-local, multicast, local NAT64) lies outside of global unicast.
    private static let unicast6 = AddressRange([0x20], 3)
    private static let special6: [AddressRange] = [
        // IETF protocols, Teredo and benchmarking among them; documentation; segment routing.
        .init([0x20, 0x01, 0x00], 23), .init([0x20, 0x01, 0x0d, 0xb8], 32), .init([0x3f, 0xff, 0x00], 20),
        .init([0x26, 0x20, 0x00, 0x4f, 0x80, 0x00], 48),
    ]
}

/// A block of addresses: `10.0.0.0/8`.
struct AddressRange: Sendable {
    private let start: [UInt8]
    private let length: Int

    /// - Parameter start: The first bytes; what is missing is zero.
    init(_ start: [UInt8], _ length: Int) {
        self.start = start
        self.length = length
    }

    /// Reads `10.0.0.0/8`, and an address alone.
    init?(_ text: Substring) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])) else { return nil }
        start = address.bytes
        guard let last = parts.dropFirst().first else {
            length = start.count * 8
            return
        }
        guard let number = Int(last), (0...start.count * 8).contains(number) else { return nil }
        length = number
    }

    func contains(_ address: [UInt8]) -> Bool {
        (0..<(length + 7) / 8).allSatisfy { index in
            let bits = min(8, length - index * 8)
            let mask = UInt8(truncatingIfNeeded: 0xff00 >> bits)
            return index < address.count && address[index] & mask == (index < start.count ? start[index] & mask : 0)
        }
    }

    /// Whether addresses of the other family are out of the question.
    func isOfFamily(_ address: IPAddress) -> Bool { start.count == address.bytes.count }
}
