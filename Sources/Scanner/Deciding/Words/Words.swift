/// The words by which code decides, list by list; each is named for what it is a list of, and stands in the file of the
/// question that asks for it. ASCII, lower case; case is ignored where they are looked for.
///
/// Lists of different questions hold much the same ("names that hold secrets") and differ on purpose: what one drops
/// another may keep.
enum Words {}
