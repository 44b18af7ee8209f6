/// How far from a place its text is looked at, in bytes.
///
/// What is decided about a value must be within these bounds: windows are opened so wide, and in a text that is made from
/// a known one so much is looked at around each change.
enum Margins {
    /// To either side of a value, what counts as its line where lines are long.
    static let line = 512
    /// Above a value's line, where the lines that enclose it are looked for, so that no file makes this more than a
    /// constant.
    static let enclosingLines = 6000
    /// In parts of a line, the matches that are seen are as long as this, because what is around a change is never
    /// shorter. A pattern may look at as many bytes besides.
    static let match = 256
}
