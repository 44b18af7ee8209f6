import Judge

/// A value as it stands in a text.
struct Literal {
    var range: Range<Int>
    var quote: Quote
    /// It is a block of lines.
    var isBlock = false
}
