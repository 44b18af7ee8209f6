/// What a plan knows of the objects in which an earlier scan found something.
package struct Recollection: Sendable {
    /// What was found in items of the plan, by index; see `RememberedItem.payload`.
    package var found: [Int: [UInt8]] = [:]
    /// Objects that are not among the items, because what was found in them is not to be reported.
    package var leftOut: [RememberedItem] = []

    package init() {}
}
