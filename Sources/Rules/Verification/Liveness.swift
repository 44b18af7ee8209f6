/// What a provider's answer says about a key.
public enum Liveness: String, Sendable, Hashable, CaseIterable {
    /// It works.
    case live
    /// It is known to the provider and may not do what was asked: live, but without that permission or a plan.
    case restricted
    /// The provider refuses it: revoked, expired, mistyped.
    case dead
    /// Nobody knows: not asked, no answer, or an answer that need not be the provider's.
    case unknown

    /// Whether a thief could use the key.
    public var isLive: Bool { self == .live || self == .restricted }

    /// `live but restricted`, for people.
    public var words: String { self == .restricted ? "live but restricted" : rawValue }
}
