import Findings
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

/// What is read of a unified diff: by the files and lines that it makes.
@Suite struct PatchSourceTests {
    private func source(_ patch: String) -> PatchSource { PatchSource(Array(patch.utf8), name: "patch") }

    /// `path:line:+text` of each line of each file, with a blank in place of `+` for a line that was there.
    private func lines(_ patch: String) throws -> [String] {
        let reading = try source(patch).readAll()
        let reader = try source(patch).makeReader()
        var result: [String] = []
        for (item, text) in reading.contents where item.path != PathBytes("patch") {
            let lines = try #require(reader.lines(of: item))
            for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated()
            {
                let sign = lines.holdsAddition(offset + 1...offset + 1) ? "+" : " "
                result.append("\(item.path?.description ?? ""):\(lines.number(of: offset + 1)):\(sign)\(line)")
            }
        }
        return result
    }

    private let plain = """
        diff --git a/src/a.txt b/src/a.txt
        index 123..456 100644
        --- a/src/a.txt
        +++ b/src/a.txt
        @@ -10,3 +10,3 @@ heading
         ten
        -old
        +new
         twelve
        @@ -90 +90,2 @@
         ninety
        +more
        \\ No newline at end of file

        """

    @Test func linesStandWhereTheFileHasThemAfterwards() throws {
        #expect(
            try lines(plain) == [
                "src/a.txt:10: ten", "src/a.txt:11:+new", "src/a.txt:12: twelve", "src/a.txt:89: ",
                "src/a.txt:90: ninety",
                "src/a.txt:91:+more",
            ])
    }

    @Test(arguments: [
        // Made by diff(1).
        (
            "--- old/x\t2026-01-01 00:00:00 +0000\n+++ new/x y\t2026-01-01 00:00:00 +0000\n@@ -0,0 +1 @@\n+t\n",
            "new/x y"
        ),
        // git diff --no-prefix, where a folder is called b.
        ("diff --git b/x b/x\n--- b/x\n+++ b/x\n@@ -0,0 +1 @@\n+t\n", "b/x"),
        ("diff --git b/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+t\n", "b/x"),
        // diff.mnemonicPrefix
        ("diff --git i/x w/x\n--- i/x\n+++ w/x\n@@ -0,0 +1 @@\n+t\n", "x"),
        (
            "diff --git \"a/\\303\\244\\\"\\t.txt\" \"b/\\303\\244\\\"\\t.txt\"\n--- /dev/null\n+++ \"b/\\303\\244\\\"\\t.txt\"\n@@ -0,0 +1 @@\n+t\n",
            "ä\"\t.txt"
        ),
        ("diff --git a/b c b/b c\n--- a/b c\t\n+++ b/b c\t\n@@ -0,0 +1 @@\n+t\n", "b c"),
        ("diff --git a/x b/x\r\n--- a/x\r\n+++ b/x\r\n@@ -0,0 +1 @@\r\n+t\r\n", "x"),
    ])
    func pathsAreThoseOfTheNewSide(_ patch: String, _ path: String) throws {
        let files = try source(patch).readAll().files
        #expect(files.keys.filter { $0 != "patch" } == [path])
        #expect(files[path]?.hasPrefix("t") == true)
    }

    @Test func aMergeIsReadByItsColumns() throws {
        let patch = """
            diff --cc f
            --- a/f
            +++ b/f
            @@@ -1,2 -1,2 +1,3 @@@
              both
            - first
             -second
            ++neither
             +ours
            """
        #expect(try lines(patch + "\n") == ["f:1: both", "f:2:+neither", "f:3:+ours"])
    }

    /// A line that a hunk takes away or adds may look like a header.
    @Test func whatLooksLikeAHeaderInAHunkIsNone() throws {
        let patch = "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n--- x\n+++ y\n @@ -1 +1 @@\n+++ b/g\n"
        #expect(try lines(patch) == ["f:1:+++ y", "f:2: @@ -1 +1 @@"])
    }

    @Test func whatIsTakenAwayIsNotRead() throws {
        let patch = "diff --git a/f b/f\ndeleted file mode 100644\n--- a/f\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n"
        #expect(try lines(patch).isEmpty)
        #expect(try source(patch).readAll().problems.isEmpty)
    }

    @Test func messagesAndNamesAreATextOfTheirOwn() throws {
        let reading = try source("From: a\n\n    say what\n\n" + plain).readAll()
        #expect(reading.files["patch"]?.contains("say what") == true)
        #expect(reading.files["patch"]?.contains("twelve") == false)
    }

    @Test func oneFileInSeveralPatchesIsOneText() throws {
        let later = "diff --git a/src/a.txt b/src/a.txt\n--- a/src/a.txt\n+++ b/src/a.txt\n@@ -1 +1 @@\n-x\n+y\n"
        #expect(try lines(plain + later).suffix(2) == ["src/a.txt:1: ", "src/a.txt:1:+y"])
    }

    @Test(arguments: [
        "diff --git a/p.png b/p.png\nindex 1..2\nBinary files a/p.png and b/p.png differ\n",
        "diff --git a/p.png b/p.png\nindex 1..2\nGIT binary patch\nliteral 4\nLc${NkU|;}z\n\nliteral 0\nHcmV?d00001\n\n",
    ])
    func binaryFilesAreCounted(_ patch: String) throws {
        let reading = try source(patch).readAll()
        #expect(reading.omitted(.binary) == ["p.png"])
        #expect(reading.problems.isEmpty)
        #expect(reading.files["patch"]?.contains("literal") != true)
    }

    @Test(arguments: [
        ("@@ -1,2 +1,9 @@\n a\n+b\n", "ends in the middle of a hunk"),
        ("@@ -1,2 +1,9 @@\n a\nwrapped by mail\n", "has in line 6 no line of a hunk"),
    ])
    func aHunkThatIsCutOffIsAProblem(_ hunk: String, _ message: String) throws {
        let reading = try source("diff --git a/f b/f\n--- a/f\n+++ b/f\n" + hunk).readAll()
        #expect(reading.problems.count == 1)
        #expect(reading.problems[0].message.contains(message), "\(reading.problems)")
        #expect(reading.files["f"]?.hasPrefix("a\n") == true)
    }

    @Test func whatIsNoPatchIsScannedAsTextAndSaidToBeNone() throws {
        let reading = try source("MISTRAL = 1\n@@ -1 +1 @@\n+a\n").readAll()
        #expect(reading.files["patch"] == "MISTRAL = 1\n@@ -1 +1 @@\n+a\n")
        #expect(reading.problems.map(\.message) == ["is no unified diff; it was scanned as text"])
    }

    /// Numbers in a header cost nothing.
    @Test func aHugeLineNumberNeedsNoMemory() throws {
        let patch = "--- a/f\n+++ b/f\n@@ -1 +999999999999 @@\n-a\n+b\n@@ -1 +99999999999999999999999 @@\n"
        #expect(try lines(patch) == ["f:999999999999:+b"])
    }
}
