import Bytes

/// Secrets that providers publish in their own documentation: the same in thousands of repositories, and nobody's.
///
/// Kept as the first eight bytes of their SHA-256, so that no scanner finds them here.
enum PublishedSamples {
    static func contains(_ value: UnsafeRawBufferPointer) -> Bool {
        guard lengths.contains(value.count) else { return false }
        var hash = SHA256()
        hash.update(Array(value))
        let start = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return hashes.contains(start)
    }

    private static let lengths = Set([15, 28, 32, 40, 149, 155, 179])

    private static let hashes: Set<UInt64> = [
        // Stripe's documentation
        0x2caf_c097_0149_a84f,
        // Stripe's older documentation
        0xf2d6_ca16_5150_33e5,
        // AWS's documentation: secret access key
        0x7831_4b11_be2e_5815,
        // AWS's documentation: secret access key, no word in it
        0xe21b_597b_a6b9_cafa,
        // jwt.io
        0x7f75_367e_7881_2551,
        // jwt.io of 2014
        0xda81_6f9f_2c16_e6c5,
        // RFC 7519, section 3.1
        0x8d4e_f653_6dc8_895f,
        // RFC 7617 and RFC 2617: Aladdin:open sesame
        0xcf4d_418e_d3de_92d7,
        // RFC 6750, section 2.1
        0xb8e1_4854_5b13_c78b,
        // RFC 6749, section 2.3.1
        0xca74_59e2_b267_76de,
    ]
}
