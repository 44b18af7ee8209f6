import Foundation
import TestSupport
import Testing

@testable import WindsockCommand

@Suite struct FixCommandTests {
    private let repository = RepositoryBuilder()
    private let key = RandomKey(2301).description
    private let other = RandomKey(2302).description

    private func fix(_ arguments: String...) -> Command.Outcome {
        Windsock.run(
            ["fix"] + arguments, in: repository, environment: ["XDG_STATE_HOME": repository.directory("state")])
    }

    private func text(_ name: String) -> String {
        String(decoding: repository.directory.read(repository.relative(name)), as: UTF8.self)
    }

    @Test func withoutWriteNothingChangesAndTheDiffHoldsNoSecret() {
        let content = "import sys\n\nMISTRAL_API_KEY = \"\(key)\"  # and \(other)\n"
        repository.write(["app.py": content])
        let outcome = fix()
        #expect(outcome.status == 1)
        #expect(text("app.py") == content)
        #expect(!outcome.reveals(key) && !outcome.reveals(other))
        #expect(outcome.output.contains("\n+import os\n"))
        #expect(outcome.output.contains("\n+MISTRAL_API_KEY = os.environ[\"MISTRAL_API_KEY\"]"))
        #expect(outcome.output.contains("\n-MISTRAL_API_KEY = \"\(key.prefix(4))…\(key.suffix(4))\""))
        #expect(outcome.output.contains("--write does it"))
        #expect(!FileManager.default.fileExists(atPath: repository.path + "/.env.example"))
    }

    @Test func whatIsWrittenIsCleanAndNamedAndCanBeUndone() {
        let content = "MISTRAL_API_KEY = \"\(key)\"\n"
        repository.commit("a", ["app.py": content, "lib/b.js": "const mistralApiKey = '\(key)';\n"])
        #expect(fix("--write").status == 0)
        #expect(text("app.py") == "import os\n\nMISTRAL_API_KEY = os.environ[\"MISTRAL_API_KEY\"]\n")
        // One value has one name.
        #expect(text("lib/b.js") == "const mistralApiKey = process.env.MISTRAL_API_KEY;\n")
        #expect(text(".env.example") == "MISTRAL_API_KEY=\n")
        #expect(Windsock.run(["scan"], in: repository).status == 0)
        let again = fix()
        #expect(again.status == 0)
        #expect(again.output == "nothing to fix\n")
        let undone = fix("--undo")
        #expect(undone.status == 0)
        #expect(!undone.reveals(key))
        #expect(text("app.py") == content)
        #expect(fix("--undo").status == 2)
    }

    @Test func whatWasChangedSinceIsNotUndone() {
        repository.write(["app.py": "MISTRAL_API_KEY = \"\(key)\"\n"])
        #expect(fix("--write").status == 0)
        repository.write(["app.py": "x = 1\n"])
        let outcome = fix("--undo")
        #expect(outcome.status == 3)
        #expect(text("app.py") == "x = 1\n")
        #expect(!outcome.reveals(key))
    }

    @Test func twoValuesOfOneNameGetTwo() {
        repository.write([
            "a.py": "MISTRAL_API_KEY = \"\(key)\"\n",
            "b.py": "MISTRAL_API_KEY = \"\(other)\"\nmistral_key = '\(other)'\n",
        ])
        #expect(fix("--write").status == 0)
        #expect(
            text("b.py").contains(
                "MISTRAL_API_KEY = os.environ[\"MISTRAL_API_KEY_2\"]\nmistral_key = os.environ[\"MISTRAL_API_KEY_2\"]"))
        #expect(text(".env.example") == "MISTRAL_API_KEY=\nMISTRAL_API_KEY_2=\n")
    }

    @Test func twoSecretsOfOneLineAreBothReplaced() {
        repository.write(["a.py": "f(mistral_key=\"\(key)\", mistral_token=\"x \(other) y\")\n"])
        #expect(fix("--write").status == 0)
        #expect(
            text("a.py")
                == "import os\n\nf(mistral_key=os.environ[\"MISTRAL_KEY\"], mistral_token=\"x \" + os.environ[\"MISTRAL_TOKEN\"] + \" y\")\n"
        )
    }

    @Test func severalSecretsOfOneLiteralAreAllReplaced() {
        let third = RandomKey(2305).description
        let text = "mistral_key=\(key)&mistral_token=\(other)&mistral_secret=\(third)"
        repository.write([
            "a.py": "x = '\(text)'\n", "appsettings.json": "{\"Mistral\": {\"Url\": \"\(text)\"}}\n",
            "Dockerfile": "FROM a\nENV MISTRAL_KEY=\(key) MISTRAL_TOKEN=\(other)\n",
            "b.ipynb":
                "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"mistral_key = '\(key)'\\n\", \"mistral_token = '\(other)'\"]}]}\n",
        ])
        let outcome = fix("--write")
        #expect(outcome.status == 0, "\(outcome.output)")
        for name in ["a.py", "appsettings.json", "Dockerfile", "b.ipynb"] {
            let content = self.text(name)
            #expect([key, other, third].allSatisfy { !content.contains($0) }, "\(content)")
        }
        #expect(
            self.text("a.py")
                == "import os\n\nx = 'mistral_key=' + os.environ[\"MISTRAL_KEY\"] + '&mistral_token=' + os.environ[\"MISTRAL_TOKEN\"] + '&mistral_secret=' + os.environ[\"MISTRAL_SECRET\"]\n"
        )
        #expect(
            self.text("b.ipynb").contains(
                #""import os\n", "\n", "mistral_key = os.environ[\"MISTRAL_KEY\"]\n", "mistral_token = os.environ[\"MISTRAL_TOKEN\"]""#
            ))
    }

    @Test func theDiffHoldsNothingElseOfTheLiteralThatMayBeASecret() {
        let secret = "h7Gq2-short-Pw9"
        repository.write(["a.py": "mistral_key = 'password=\(secret);key=\(key)'\nclient(mistral_key='\(other)')\n"])
        let outcome = fix()
        #expect(!outcome.output.contains(secret), "\(outcome.output)")
        #expect(!outcome.reveals(key) && !outcome.reveals(other))
        // Nor of the lines around it, by what stands above them.
        repository.write([
            "k.yaml":
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n    - name: MISTRAL_API_KEY\n      value: \(key)\n    - name: DB_PASSWORD\n      value: \(secret.dropFirst(7))\n"
        ])
        let shown = fix("k.yaml", "--only", "mistral-api-key")
        #expect(shown.output.contains("\n     - name: DB_PASSWORD\n       value: …\n"), "\(shown.output)")
    }

    @Test func lineEndsMarksAndModesStay() {
        let directory = repository.directory
        directory.write(
            Array(repository.relative("a.py").utf8),
            [0xef, 0xbb, 0xbf] + Array("#!/usr/bin/env python3\r\nx = 1\r\nmistral_key = '\(key)'".utf8))
        chmod(repository.path + "/a.py", 0o751)
        let wide = "$mistralKey = \"\(key)\"\r\n# für\r\n"
        directory.write(
            Array(repository.relative("b.ps1").utf8),
            [0xff, 0xfe] + wide.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
        #expect(fix("--write").status == 0)
        #expect(
            directory.read(repository.relative("a.py"))
                == [0xef, 0xbb, 0xbf]
                + Array(
                    "#!/usr/bin/env python3\r\nimport os\r\n\r\nx = 1\r\nmistral_key = os.environ[\"MISTRAL_KEY\"]".utf8
                ))
        var status = stat()
        stat(repository.path + "/a.py", &status)
        #expect(status.st_mode & 0o7777 == 0o751)
        let expected = "$mistralKey = $env:MISTRAL_KEY\r\n# für\r\n"
        #expect(
            directory.read(repository.relative("b.ps1"))
                == [0xff, 0xfe] + expected.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
    }

    @Test func whatMayNotBeWrittenStaysAndSaysWhy() {
        repository.write(["a.py": "mistral_key = '\(key)'\n", "b.py": "mistral_key = '\(other)'\n"])
        chmod(repository.path + "/a.py", 0o444)
        link(repository.path + "/b.py", repository.path + "/c.py")
        let outcome = fix("--write")
        #expect(outcome.status == 1)
        #expect(
            outcome.output.contains(
                "a.py:1:16: mistral-api-key \(key.prefix(4))…\(key.suffix(4)): left: the file is read-only"))
        #expect(outcome.output.contains("left: the file has 2 names (hard links)"))
        #expect(text("a.py").contains(key) && text("b.py").contains(other))
    }

    @Test func aFileThatWasChangedMeanwhileStays() throws {
        repository.write(["a.py": "x"])
        let held = try HeldFile(repository.path + "/a.py")
        repository.write(["a.py": "y"])
        #expect(throws: CommandFailure.self) { try held.replace(by: Array("z".utf8)) }
        #expect(text("a.py") == "y")
        symlink("a.py", repository.path + "/l.py")
        #expect(throws: CommandFailure.self) { try HeldFile(repository.path + "/l.py") }
    }

    @Test func environmentFilesLeaveTheIndexAndLeaveNamesBehind() {
        repository.commit(
            "a", [".env": "MISTRAL_API_KEY=\(key)\nPORT=80\n", "web/.env.local": "MISTRAL_API_KEY=\(other)\n"])
        let outcome = fix("--write")
        #expect(outcome.status == 0)
        #expect(!outcome.reveals(key))
        #expect(text(".env") == "MISTRAL_API_KEY=\(key)\nPORT=80\n")
        #expect(text(".env.example") == "MISTRAL_API_KEY=\nPORT=\n")
        #expect(text("web/.env.example") == "MISTRAL_API_KEY=\n")
        #expect(text(".gitignore") == ".env\n/web/.env.local\n")
        #expect(repository.git("ls-files") == "")
        #expect(Windsock.run(["scan"], in: repository).status == 0)
    }

    @Test func anEnvironmentFileInNoRepositoryIsWhereValuesBelong() {
        let folder = TemporaryDirectory()
        folder.write(".env", "MISTRAL_API_KEY=\(key)\n")
        let outcome = Windsock.run(["fix", "--write"], in: folder, environment: ["XDG_STATE_HOME": folder("state")])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("this is where values belong"))
        #expect(folder.read(".env.example").isEmpty)
    }

    @Test func anExampleThatWouldBeIgnoredIsNot() {
        repository.commit("a", [".gitignore": ".env*"]).write([".env.local": "MISTRAL_API_KEY=\(key)\n"])
        repository.git("add", "--force", ".env.local")
        #expect(fix("--write").status == 0)
        #expect(text(".gitignore") == ".env*\n!.env.example\n")
        #expect(text(".env.example") == "MISTRAL_API_KEY=\n")
        #expect(repository.git("status", "--porcelain").contains("?? .env.example"))
    }

    @Test func noVariableIsCalledAfterASecret() {
        // What stands before the second half is the first.
        let (id, secret) = (
            "AKIA"
                + RandomKey(2303).description.uppercased().filter { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains($0) }
                .prefix(16), RandomKey(2304, length: 40).description
        )
        repository.write(["a.py": "pair = '\(id):\(secret)'\nx = '\(key)mistral:\(other)'\n"])
        let outcome = fix("--write")
        #expect(!outcome.output.contains(id.dropFirst(2).dropLast(2)))
        #expect(!text(".env.example").contains(id))
    }

    @Test(arguments: [
        ("notes.md", "The mistral key is %K\n", "a document is read by people"),
        ("data.json", "{\"mistral_api_key\": \"%K\"}\n", "JSON holds values"),
        (
            "x.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": [], \"o\": \"MISTRAL_API_KEY = '%K'\"}]}\n",
            "a cell has printed it"
        ),
        ("app.tsx", "const mistralKey = '%K' + import.meta.env.MODE\n", "this runs in browsers"),
        ("run.sh", "cat <<'EOF'\nmistral_key: %K\nEOF\n", "takes its text as it is"),
        ("values.yaml", "mistral:\n  apiKey: %K\n", "which program reads this YAML is not known"),
        ("Dockerfile", "FROM a\nLABEL mistral_key=%K\n", "written into the image"),
        ("Dockerfile", "FROM a\nRUN [\"mistral\", \"--api-key=%K\"]\n", "without a shell"),
        ("action.yml", "runs:\n  env:\n    MISTRAL_API_KEY: %K\n", "does not see secrets"),
        (
            "k8s/s.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  MISTRAL_API_KEY: %K\n",
            "a Secret is the value itself"
        ),
    ]) func whereNothingCanBeLookedUpItSaysWhy(name: String, content: String, reason: String) {
        let content = content.replacing("%K", with: key)
        repository.write([name: content])
        let outcome = fix("--write")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains(reason), "\(outcome.output)")
        #expect(!outcome.reveals(key))
        #expect(text(name) == content)
    }

    @Test func aKeyOverSeveralLinesStays() {
        let generated = Command.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"])
        guard generated.status == 0 else { return }
        repository.write(["a.py": "k = \"\"\"\(generated.output)\"\"\"\n"])
        let outcome = fix("--write")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("it goes over several lines; keep it in a file"))
    }

    @Test func aFileThatIsFoundByItsPathStays() {
        repository.write([
            ".windsock.toml":
                "[[rules]]\nid = \"keystore\"\npath = '''[.]secretstore$'''\n[extend]\nuseDefault = true\n",
            "a.secretstore": "x\n",
        ])
        let outcome = fix("--write")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("left: the file is what was found"), "\(outcome.output) \(outcome.errors)")
    }

    @Test func namesOfSettingsAndFilesSteerNoTerminal() {
        repository.write([
            "a\u{1b}[31m.json": "{\"mistral_api_key\": \"\(key)\"}\n",
            "appsettings.json": "{\"Mistral\\u001b[31m\\nX=1\": {\"ApiKey\": \"\(other)\"}}\n",
        ])
        let outcome = fix("--write", "--checklist", "todo.md")
        #expect(!(outcome.output + outcome.errors + text("todo.md")).contains("\u{1b}"))
        #expect(!text(".env.example").contains("X=1"))
        #expect(!text("appsettings.json").contains(other))
    }

    @Test func whatIsAllowedOrAcceptedStays() {
        let content = "mistral_key = '\(key)'  # windsock:allow a test\n"
        repository.write(["a.py": content, "b.py": "mistral_key = '\(other)'\n"])
        #expect(Windsock.run(["baseline", "create"], in: repository).status == 0)
        #expect(fix("--write").output == "nothing to fix\n")
        #expect(text("a.py") == content)
    }

    @Test func aVariableOfTerraformIsDeclaredOnce() {
        repository.write([
            "variables.tf": "variable \"mistral_api_key\" {\n  type = string\n}\n",
            "a.tf": "provider \"mistral\" {\n  api_key = \"\(key)\"\n}\n",
            "b.tf": "locals {\n  x = \"mistral \(other)\"\n  mistral_token = \"\(other)\"\n}\n",
        ])
        #expect(fix("--write").status == 0)
        #expect(text("a.tf") == "provider \"mistral\" {\n  api_key = var.mistral_api_key\n}\n")
        #expect(text("b.tf").contains("variable \"mistral_api_key_2\" {"))
    }

    @Test func theListHasAStepToTickForEachSecretAndNoSecret() {
        repository.write(["a.py": "mistral_key = '\(key)'\n", "b.json": "{\"mistral_api_key\": \"\(other)\"}\n"])
        #expect(fix("--write", "--checklist", "todo.md").status == 1)
        let list = text("todo.md")
        #expect(!list.contains(key.dropFirst(4).dropLast(4)) && !list.contains(other.dropFirst(4).dropLast(4)))
        #expect(list.contains("## MISTRAL_KEY\n"))
        #expect(list.contains("- [x] Take it out of the files"))
        #expect(list.contains("- [ ] Take it out of the files"))
        #expect(list.contains("- [ ] Revoke the key"))
        #expect(list.contains("by hand: `b.json`, line 1: JSON holds values"))
    }

    @Test(arguments: [
        ["--write", "--undo"], ["--fixture"], ["--history", "--fixture", "a"], ["--output", "x"], ["--undo", "a"],
        ["--history", "a", "b"],
    ]) func whatDoesNotGoTogetherIsSaid(arguments: [String]) {
        let outcome = Windsock.run(["fix"] + arguments, in: repository)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Error:"))
    }

    // MARK: Fixtures

    @Test(arguments: [
        ("test_a.py", "mistral_key = '%K'\nprint(mistral_key)\n", ["python3"]),
        ("a.test.js", "const mistralKey = '%K';\nconsole.log(mistralKey);\n", ["node"]),
        ("a.t", "my $mistral_key = '%K';\nprint \"$mistral_key\\n\";\n", ["perl"]),
        (
            "a_test.py", "h = {'Authorization': 'Bearer %K'}  # api.mistral.ai\nprint(h['Authorization'][7:])\n",
            ["python3"]
        ),
    ]) func aKeyOfATestIsPutTogetherWhenItRuns(name: String, content: String, program: [String]) {
        repository.write([name: content.replacing("%K", with: key)])
        let outcome = fix("--fixture", "--write", name)
        #expect(outcome.status == 0, "\(outcome.output)")
        // Nor are its pieces shown.
        #expect(
            !(0..<26).contains { outcome.output.contains(key.dropFirst(4 + $0).prefix(5)) && $0 < 20 },
            "\(outcome.output)")
        #expect(!text(name).contains(key))
        #expect(Windsock.run(["scan", "--min-confidence", "low"], in: repository).status == 0)
        let run = Command.run(program + [name], in: repository.path)
        if run.status != 127 { #expect(run.output == key + "\n") }
        #expect(!FileManager.default.fileExists(atPath: repository.path + "/.env.example"))
    }

    @Test func aFixtureOfDataSaysWhyItStays() {
        repository.write(["a.json": "{\"mistral_api_key\": \"\(key)\"}\n"])
        let outcome = fix("--fixture", "--write", "a.json")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("nothing in it is put together at run time"))
    }

    // MARK: Histories

    @Test func theFileForTheHistoryHoldsEverySpellingAndOnlyItDoes() throws {
        repository.commit("a", ["a.py": "MISTRAL_API_KEY = '\(key)'\n"]).branch("side").commit("b", ["a.py": nil])
        repository.tag("v1", "one").write(["b.py": "MISTRAL_API_KEY = '\(other)'\n"])
        repository.git("add", "b.py")
        repository.git("stash")
        let told = fix("--history")
        #expect(told.status == 1)
        #expect(!told.reveals(key))
        for words in [
            "branches: main, side", "tags: v1", "stash@{0}", "the reflog", "Rotate each of them", "--write makes FILE",
        ] {
            #expect(told.output.contains(words), "\(words): \(told.output)")
        }
        let file = repository.directory("replace.txt")
        let outcome = fix("--history", "--write", "--output", file)
        #expect(outcome.status == 1)
        #expect(!outcome.reveals(key) && !outcome.reveals(other))
        let lines = String(decoding: repository.directory.read("replace.txt"), as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("literal:\(key)==>***REMOVED***"))
        #expect(lines.contains("literal:\(other)==>***REMOVED***"))
        var status = stat()
        stat(file, &status)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(fix("--history", "--write", "--output", "inside.txt").errors.contains("stands in the repository"))
        let printed = fix("--history", "--write", "--output", "-")
        #expect(printed.output.contains("literal:\(key)==>"))
    }

    @Test func aCleanHistoryNeedsNothing() {
        repository.commit("a", ["a.txt": "x"])
        let outcome = fix("--history")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("no secret"))
    }
}
