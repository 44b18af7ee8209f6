public import Bytes
public import Rules

/// One place where a secret stands.
public struct Occurrence: Sendable, Hashable {
    /// Relative to the repository root or the scanned folder, `/` between components, invalid UTF-8 repaired.
    /// For what has no path, a name in words: `commit message`. For a member of a container `release.zip!conf/.env`.
    public var path: String
    /// The member of a container that it stands in, each container's name in front of its member's: `["conf/.env"]`; empty: it
    /// stands in no container.
    public package(set) var members: [String] = []
    /// What was read when the secret was seen.
    public var origin: Origin
    /// Where the secret stands, encoded as it is there.
    public var region: Region
    /// How sure it is at this place.
    public var confidence: Confidence
    /// GitHub's `primaryLocationLineHash` of the region's first line: 64-bit hex, `:`, running number.
    public var lineHash: String
    /// The line with every secret in it redacted, shortened around the secret, without line end; of a secret in an encoded
    /// value the decoded line.
    public var snippet: String
    /// Decoders that were undone to see the secret, outermost first: `["base64"]`. Empty: it stands as it is.
    public var decoders: [String]
    /// Where the secret stands in what the encoded value at `region` stands for, or in what a compressed file holds: lines
    /// and columns of the decoded text, of the innermost value if one is encoded in another. `nil`: it stands as it is, or
    /// only single characters were decoded.
    public var decodedRegion: Region?
    /// Where in the history it belongs; `nil` outside history scans.
    public var history: History?
    /// Other versions of the file, in which the secret stands at the same place.
    public package(set) var otherObjects: [ObjectID] = []
    /// Where in an image of a container it stands; `nil`: it stands in none.
    package var image: ImagePlace?
    /// The commit that brought the version that is shown; `nil` outside history scans.
    package var shownCommit: ObjectID?
    /// Whether it stands on a line that what is scanned has made; `nil`: nobody wanted to know.
    package var isOnChangedLine: Bool?

    /// One place.
    public init(
        path: String, origin: Origin, region: Region, confidence: Confidence, lineHash: String, snippet: String,
        decoders: [String] = [], decodedRegion: Region? = nil, history: History? = nil
    ) {
        self.path = path
        self.origin = origin
        self.region = region
        self.confidence = confidence
        self.lineHash = lineHash
        self.snippet = snippet
        self.decoders = decoders
        self.decodedRegion = decodedRegion
        self.history = history
    }

    /// A place in a member of a container.
    ///
    /// - Parameter path: The container's.
    package init(
        path: String, members: [String], origin: Origin, region: Region, confidence: Confidence, lineHash: String,
        snippet: String, decoders: [String] = [], decodedRegion: Region? = nil, history: History? = nil
    ) {
        self.init(
            path: Self.path(path, members), origin: origin, region: region, confidence: confidence, lineHash: lineHash,
            snippet: snippet, decoders: decoders, decodedRegion: decodedRegion, history: history)
        self.members = members
        if !members.isEmpty, let paths = history?.otherPaths {
            self.history?.otherPaths = paths.map { Self.path($0, members) }
        }
    }

    /// What a member of a container is called: `release.zip!conf/.env`.
    package static func path(_ container: String, _ members: [String]) -> String {
        members.isEmpty ? container : ([container] + members).joined(separator: "!")
    }

    /// Gives it another file, and other members of it.
    package mutating func rename(_ file: String, members: [String]) {
        self.members = members
        path = Self.path(file, members)
    }

    /// The file that it stands in, which is the outermost container's where it stands in one.
    package var file: String {
        if members.isEmpty { return path }
        return String(decoding: path.utf8.dropLast(members.reduce(0) { $0 + $1.utf8.count + 1 }), as: UTF8.self)
    }
}

extension Occurrence {
    /// A range of text. Lines and columns are 1-based; columns count UTF-16 code units; the end is exclusive.
    public struct Region: Sendable, Hashable {
        /// The line of the first byte, from 1.
        public var startLine: Int
        /// The column of the first byte, from 1, in UTF-16 code units.
        public var startColumn: Int
        /// The line of the last byte.
        public var endLine: Int
        /// The column behind the last byte, in UTF-16 code units.
        public var endColumn: Int

        /// A range of text.
        public init(startLine: Int, startColumn: Int, endLine: Int, endColumn: Int) {
            self.startLine = startLine
            self.startColumn = startColumn
            self.endLine = endLine
            self.endColumn = endColumn
        }

        /// For what has no lines: the beginning of the file stands for all of it.
        package static let wholeFile = Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 2)
    }

    /// A commit, as far as a report names it.
    public struct Commit: Sendable, Hashable {
        /// The id of the commit.
        public var id: ObjectID
        /// As UTF-8, repaired.
        public var authorName: String
        /// As UTF-8, repaired.
        public var authorEmail: String
        /// Author time in seconds since 1970-01-01 00:00 UTC.
        public var authorTime: Int
        /// The first line of the message that is not blank, as UTF-8, repaired.
        public var summary: String

        /// A commit.
        public init(id: ObjectID, authorName: String, authorEmail: String, authorTime: Int, summary: String) {
            self.id = id
            self.authorName = authorName
            self.authorEmail = authorEmail
            self.authorTime = authorTime
            self.summary = summary
        }
    }

    /// What the history says about a blob that holds a secret.
    public struct History: Sendable, Hashable {
        /// How one still gets to the blob.
        public enum Reachability: Sendable, Hashable {
            /// Short names of references that contain it, some of them if there are many: HEAD's branch first, then by
            /// name.
            case references([String])
            /// Only from the stash.
            case stash
            /// Only by the log of a reference.
            case reflog
            /// Not at all, and still in the database.
            case unreachable

            /// Of the references; empty for what is reachable in another way.
            public var names: [String] {
                if case .references(let names) = self { names } else { [] }
            }
        }

        /// The oldest commit that has it; `nil` for a blob that no commit names.
        public var introduced: Commit?
        /// The commit that removed it from its last path, if it is gone.
        public var removed: Commit?
        /// Whether HEAD's tree has the blob; of a message, whether HEAD's history has its commit.
        public var isInHead: Bool
        /// How one still gets to it, the easiest way.
        public var reachability: Reachability
        /// Every other path the blob had.
        public var otherPaths: [String]
        /// Short names of branches that contain it, those of remotes included, some of them if there are many.
        public var branches: [String]
        /// Short names of tags that contain it, some of them if there are many.
        public var tags: [String]
        /// How many there are.
        public var counts: Counts

        /// How many references contain a blob: not all of them are named.
        public struct Counts: Sendable, Hashable {
            /// Branches, tags, and what is neither: notes, pull requests.
            public var references: Int
            /// Branches, those of remotes included.
            public var branches: Int
            /// Tags.
            public var tags: Int

            /// How many there are.
            public init(references: Int, branches: Int, tags: Int) {
                self.references = references
                self.branches = branches
                self.tags = tags
            }
        }

        /// - Parameter counts: `nil`: what is named is all.
        public init(
            introduced: Commit?, removed: Commit?, isInHead: Bool, reachability: Reachability, otherPaths: [String],
            branches: [String] = [], tags: [String] = [], counts: Counts? = nil
        ) {
            self.introduced = introduced
            self.removed = removed
            self.isInHead = isInHead
            self.reachability = reachability
            self.otherPaths = otherPaths
            self.branches = branches
            self.tags = tags
            self.counts =
                counts ?? Counts(references: reachability.names.count, branches: branches.count, tags: tags.count)
        }

        /// For a range: all that is known is the commit of the range that brought the blob.
        package init(inRange commit: Commit) {
            self.init(
                introduced: commit, removed: nil, isInHead: false, reachability: .references([]), otherPaths: [])
        }
    }
}
