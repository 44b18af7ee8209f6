package import History
package import Packages
package import ScanSources

/// What is to be scanned and how, as a value: what a command line says, resolved. `Scan` carries it out.
package struct ScanRequest: Sendable {
    /// What is read.
    package enum Subject: Sendable {
        /// Files and folders that could be committed.
        case files([String])
        /// What the index would commit.
        case staged
        /// What could be committed now: staged, changed, and untracked files.
        case uncommitted
        /// Everything that git remembers, or a part of it.
        case history(HistorySelection)
        /// What the commits of a range add: `A..B`, `A...B`, or `A` for all that A reaches.
        case range(String)
        /// The commits that the job of a CI service is about, which the process runs in.
        case job
        /// What a push of some branches and tags sends, and the other side does not have.
        case push([PushedBranch], to: RangeSource.Publication)
        /// Standard input, which reports call by a name.
        case standardInput(name: String)
        /// A text that another program hands over, which reports call by a name.
        case text([UInt8], name: String)
        /// Images of containers.
        case image(ImageTarget)
        /// What the project in a folder would publish, as what its files say where no kind is named.
        case package(String, [PackageKind])
        /// What a patch on standard input adds, which is called by a name where it is of no file.
        case patch(name: String)
    }

    /// Whether habits that leak secrets are looked for.
    package enum Habits: Sendable {
        case ignored
        /// Beside what was asked for: where the files cannot be listed at all, nothing of it is missing. A file that cannot be
        /// read makes the scan incomplete here, too.
        case alongside
        /// What cannot be read for them makes the scan incomplete.
        case asked
    }

    package var subject: Subject
    /// The repository, or a folder in it, for all subjects but standard input; of files, the first of them.
    package var repository: String
    /// What is read of each item, and what is reported.
    package var settings: ScanSettings
    /// Files: whether those that the repository ignores are left out.
    package var usesGitignore = true
    /// Files and histories: whether the repositories of submodules are scanned, too.
    package var recursesIntoSubmodules = false
    /// Whether the content of every object is compared with its id.
    package var verifiesObjects = false
    /// Histories: whether one with nothing in it counts as read: who names hundreds of repositories has some that are empty.
    package var mayBeEmpty = false
    /// Histories: which program scans, so that what it finds is remembered for its next scan; `nil`: nothing is.
    package var rememberedProgram: String?
    /// Files and histories: whether habits that leak secrets are looked for, too.
    package var habits = Habits.ignored

    package init(_ subject: Subject, repository: String, settings: ScanSettings) {
        self.subject = subject
        self.repository = repository
        self.settings = settings
    }
}
