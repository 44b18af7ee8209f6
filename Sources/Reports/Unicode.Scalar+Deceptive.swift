extension Unicode.Scalar {
    /// Whether a terminal, browser or editor would obey this character, or hide it, instead of showing it.
    ///
    /// Controls (ANSI sequences begin with one), line and paragraph separators, bidirectional overrides ("Trojan
    /// Source"), zero-width marks, tag characters. The zero-width joiner is not among them: emoji need it.
    package var isDeceptive: Bool {
        switch value {
        case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200b, 0x200e...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff,
            0xfff9...0xfffb, 0xe0000...0xe007f:
            true
        default: false
        }
    }
}
