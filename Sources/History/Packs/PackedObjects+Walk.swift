import Bytes
internal import Git
internal import PackFile

extension PackedObjects {
    /// Lends every object of a kind, in the order in which the packs rebuild them fastest.
    ///
    /// An object that is in several packs is lent several times. What cannot be rebuilt is left out: the caller reads it
    /// in another way, or names it.
    ///
    /// - Parameters:
    ///   - wants: Which objects are wanted.
    ///   - visit: Is given the object and its place.
    func forEach(_ kind: PackedKind, wants: @escaping (Place) -> Bool, visit: (PackedObject, Place) -> Void) {
        for (pack, plan) in plans.enumerated() {
            let walker = PackWalker(plan)
            for unit in plan.workUnits(of: kind, count: 1) {
                walker.walk(
                    unit, wants: { wants(Place(pack: pack, entry: $0)) },
                    visit: { (step, _: Never?) -> Never? in
                        if case .object(let object) = step { visit(object, Place(pack: pack, entry: object.entry)) }
                        return nil
                    })
            }
        }
    }

    /// The id of an object.
    func id(of place: Place) -> ObjectID {
        guard let id = ObjectID(bytes: plans[place.pack].id(of: place.entry)) else {
            preconditionFailure("an id of a pack has another length")
        }
        return id
    }
}
