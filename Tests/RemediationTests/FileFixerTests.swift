import TestSupport
import Testing

@testable import Remediation

/// Texts before and after: `%K` is a secret that is called `X_KEY`. What stays is followed by its reason.
@Suite struct FileFixerTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let path: String
        let before: String
        let after: String

        init(_ path: String, _ before: String, _ after: String) {
            (self.path, self.before, self.after) = (path, before, after)
        }

        var testDescription: String { "\(path): \(before.prefix(40))" }
    }

    static let code = [
        Case("a.py", "x = '%s %K' % y\n", "import os\n\nx = ('%s ' + os.environ[\"X_KEY\"]) % y\n"),
        Case("a.py", "x = '%K' if y else 'b'\n", "import os\n\nx = os.environ[\"X_KEY\"] if y else 'b'\n"),
        Case("a.py", "x = b'%K'\n", "import os\n\nx = os.environ[\"X_KEY\"].encode()\n"),
        Case("a.py", "x = rf'{a!r}\\d%K'\n", "import os\n\nx = rf'{a!r}\\d{os.environ[\"X_KEY\"]}'\n"),
        Case("a.py", "x = ('a'\n     '%K'\n)\n", "import os\n\nx = (('a'\n     + os.environ[\"X_KEY\"])\n)\n"),
        Case("a.py", "def f():\n    '''Doc.'''\n    '%K'\n", "def f():\n    '''Doc.'''\n    '<X_KEY>'\n"),
        Case(
            "a.py", "from a import (\n    b,\n)\nx = '%K'\n",
            "import os\nfrom a import (\n    b,\n)\nx = os.environ[\"X_KEY\"]\n"),
        Case("a.py", "import sys, os\nx = '%K'\n", "import sys, os\nx = os.environ[\"X_KEY\"]\n"),
        Case("a.py", "# about x\nx = '%K'\n", "import os\n\n# about x\nx = os.environ[\"X_KEY\"]\n"),
        Case("a.py", "# License\n\nx = '%K'\n", "# License\nimport os\n\nx = os.environ[\"X_KEY\"]\n"),
        Case("a.py", "match x:\n    case '%K':\n        pass\n", "a pattern takes constants only"),
        Case(
            "a.py", "x = '''import os\n'''\ny = '%K'", "import os\n\nx = '''import os\n'''\ny = os.environ[\"X_KEY\"]"),
        Case("a.js", "const r = /'/g, k = '%K'\n", "const r = /'/g, k = process.env.X_KEY\n"),
        Case("a.js", "const k = `a ${b({c: '%K'})}`\n", "const k = `a ${b({c: process.env.X_KEY})}`\n"),
        Case("a.js", "import { a } from '%K'\n", "what is looked up is no constant, and this place wants one"),
        Case("a.js", "const m = { '%K': 1 }\n", "it is the name of a property"),
        Case("a.ts", "const k = Deno.args[0] ?? '%K'\n", "const k = Deno.args[0] ?? Deno.env.get(\"X_KEY\")!\n"),
        Case(
            "a.tsx", "const a = <Client apiKey=\"%K\" />\n",
            "a component's attribute is in what browsers are handed; let a server make the call"),
        Case(
            "a.go", "package a\n\nimport (\n\t\"net/http\"\n\t\"strings\"\n)\n\nvar k = \"%K\"\n",
            "package a\n\nimport (\n\t\"net/http\"\n\t\"os\"\n\t\"strings\"\n)\n\nvar k = os.Getenv(\"X_KEY\")\n"),
        Case("a.rb", "puts \"a #{b['c']} %K\"\n", "puts \"a #{b['c']} #{ENV.fetch('X_KEY')}\"\n"),
        Case("a.rb", "x = <<~'EOS'\n  %K\nEOS\n", "a here document in quotes takes its text as it is"),
        Case("A.java", "class A { @V(\"%K\") int a; }\n", "an annotation takes constants only"),
        Case(
            "A.java", "class A { int f(String s) { switch (s) { case \"%K\": return 1; } return 0; } }\n",
            "what is looked up is no constant, and this place wants one"),
        Case("a.cs", "[assembly: A(\"%K\")]\n", "an attribute takes constants only"),
        Case(
            "a.cs", "class A { string k = $\"a {b[\"c\"]} %K\"; }\n",
            "using System;\n\nclass A { string k = $\"a {b[\"c\"]} {Environment.GetEnvironmentVariable(\"X_KEY\")}\"; }\n"
        ),
        Case(
            "a.php", "<?php\nclass A {\n  function f() {\n    return '%K';\n  }\n}\n",
            "<?php\nclass A {\n  function f() {\n    return getenv('X_KEY');\n  }\n}\n"),
        Case(
            "a.php", "<?php\nclass A {\n  private $k = '%K';\n}\n",
            "the default of a property cannot call a function; set it in the constructor"),
        Case("a.php", "<?php\nfunction f($k = '%K') {}\n", "the default of a parameter has to be a constant"),
        Case(
            "a.rs", "fn f(x: &str) -> bool { matches!(x, \"%K\") || concat!(\"a\", \"%L\").is_empty() }\n",
            "fn f(x: &str) -> bool { matches!(x, &std::env::var(\"X_KEY\").expect(\"X_KEY is not set\")) || concat!(\"a\", \"%L\").is_empty() }\n"
        ),
        Case("a.rs", "fn f(x: &str) { match x { \"%K\" => {}, _ => {} } }\n", "a pattern takes constants only"),
        Case("a.c", "char k[] = \"%K\";\n", "an array of characters is filled from a literal only; make it a pointer"),
        Case("a.swift", "@A(\"%K\") var x = 1\n", "an attribute takes literals only"),
        Case("a.bat", "set KEY=%K\r\n", "set KEY=%X_KEY%\r\n"),
    ]

    static let formats = [
        Case("a.sh", "x=$(curl -H \"K: %K\")\n", "x=$(curl -H \"K: ${X_KEY:?}\")\n"),
        Case("a.sh", "ssh h 'export K=%K; run'\n", "ssh h 'export K='\"${X_KEY:?}\"'; run'\n"),
        Case("a.sh", "x=a#b # %K\n", "x=a#b # <X_KEY>\n"),
        Case("a.sh", "cat <<-EOF > x\n\tk: %K\n\tEOF\n", "cat <<-EOF > x\n\tk: ${X_KEY:?}\n\tEOF\n"),
        Case("a.sh", "case $x in %K) ;; esac\n", "case $x in \"${X_KEY:?}\") ;; esac\n"),
        Case(
            "Dockerfile", "FROM a\nRUN <<EOF\nexport K=%K\nEOF\n",
            "it stands in a here document; mount the secret there by hand"),
        Case("Dockerfile", "FROM a\nLABEL k=%K\n", "LABEL is written into the image for everybody to read"),
        Case("a/.github/workflows/a.yml", "jobs:\n  a:\n    if: github.x == '%K'\n", "GitHub gives `if` no secrets"),
        Case(
            "a/.github/workflows/a.yml", "env:\n  K: ${{ inputs.k || '%K' }}\n",
            "env:\n  K: ${{ inputs.k || secrets.X_KEY }}\n"),
        Case(
            "a/.github/workflows/a.yml", "jobs:\n  a:\n    uses: b\n    with:\n      k: %K\n",
            "a workflow that is called gets secrets below `secrets`, and none below `with`"),
        Case(
            "compose.yml", "services:\n  a:\n    command: >-\n      run --key %K\n",
            "services:\n  a:\n    command: >-\n      run --key ${X_KEY:?}\n"),
        Case(
            "k.yaml",
            "apiVersion: v1\r\nkind: Pod\r\nspec:\r\n  containers:\r\n  - env:\r\n    - name: K\r\n      value: %K\r\n",
            "apiVersion: v1\r\nkind: Pod\r\nspec:\r\n  containers:\r\n  - env:\r\n    - name: K\r\n      valueFrom:\r\n        secretKeyRef:\r\n          name: app-secrets\r\n          key: K\r\n"
        ),
        Case(
            "k.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n    - name: K\n      value: a:%K\n",
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n    - name: X_KEY\n      valueFrom:\n        secretKeyRef:\n          name: app-secrets\n          key: X_KEY\n    - name: K\n      value: a:$(X_KEY)\n"
        ),
        Case(
            "k.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - args: [\"--key=%K\"]\n",
            "only variables of containers can refer to a Secret"),
        Case(".gitlab-ci.yml", "a:\n  variables:\n    K: %K\n  script: x\n", "a:\n  variables: {}\n  script: x\n"),
        Case(
            "main.tf", "terraform {\n  backend \"s3\" {\n    secret_key = \"%K\"\n  }\n}\n",
            "a backend takes literals only; use `-backend-config` or its variables of the environment"),
        Case("a.tfvars", "a = 1\nx_key = \"%K\"\nb = 2\n", "a = 1\nb = 2\n"),
        Case("appsettings.Production.json", "{\"A\": {\"B:C\": \"x %K\"}}\n", "{\"A\": {\"B:C\": \"\"}}\n"),
        Case("application-prod.properties", "a.key=%K\n# %L\n", "a.key=${X_KEY}\n# %L\n"),
        Case("application.yml", "a:\n  k: ${A_KEY:%K}\n", "a:\n  k: ${A_KEY}\n"),
        Case(".npmrc", "//registry/:_authToken=%K\n", "//registry/:_authToken=${X_KEY}\n"),
        Case(
            "Makefile", "X_KEY := %K\nrun:\n\tcurl $(X_KEY)\n",
            "X_KEY ?= $(error X_KEY is not set)\nrun:\n\tcurl $(X_KEY)\n"),
        Case("Makefile", "run:\n\tcurl %K\n", "run:\n\tcurl $(X_KEY)\n"),
        Case("pom.xml", "<a>\n<!-- <b>%K</b> -->\n</a>\n", "<a>\n<!-- <b><X_KEY></b> -->\n</a>\n"),
        Case("pom.xml", "<a><b>%K</b></a>\n", "<a><b>${env.X_KEY}</b></a>\n"),
        Case(".env.example", "# x\nX_KEY=%K\n", "# x\nX_KEY=\n"),
        Case("roles/a/vars/main.yml", "key: %K\n", "key: \"{{ lookup('env', 'X_KEY') }}\"\n"),
        Case(
            "a.ipynb",
            "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"x = \\\"é\\\"\\n\",\n    \"k = \\\"%K\\\"\"\n   ]\n  }\n ]\n}\n",
            "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"import os\\n\",\n    \"\\n\",\n    \"x = \\\"é\\\"\\n\",\n    \"k = os.environ[\\\"X_KEY\\\"]\"\n   ]\n  }\n ]\n}\n"
        ),
        Case(
            "a.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": [], \"outputs\": [{\"text\": \"%K\"}]}]}",
            "a cell has printed it: clear the outputs (jupyter nbconvert --clear-output --inplace)"),
        Case(
            "a.ipynb", "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"%K\"}]}",
            "it stands in a text that is read by people"),
        Case(
            "a.toml", "key = \"%K\"\n",
            "which program reads it is not known, and so whether it takes values from the environment"),
    ]

    @Test(arguments: code + formats) func theLiteralIsReplacedOrSaysWhyNot(example: Case) throws {
        let text = Array(example.before.utf8)
        let mark = Array("%K".utf8)
        let start = try #require(text.indices.first { text.has(mark, at: $0) })
        let place = SecretPlace(
            range: start..<start + mark.count, names: ["X_KEY"], provider: "", ruleID: "x-key", identity: "1",
            redacted: "…")
        var names = VariableNames()
        let fix = FileFixer(path: example.path).fix(text, [place], &names)
        let outcome = try #require(fix.places.first?.outcome)
        if case .refused(let reason) = outcome {
            #expect(reason == example.after)
            #expect(fix.text == text)
        } else {
            #expect(String(decoding: fix.text, as: UTF8.self) == example.after)
            #expect(Edit.applied(fix.edits, to: text) == fix.text)
        }
    }

    @Test(arguments: [
        (["apiKey"], "Mistral AI", "MISTRAL_API_KEY"), (["MISTRAL_API_KEY"], "Mistral AI", "MISTRAL_API_KEY"),
        (["k"], "Mistral AI", "MISTRAL_API_KEY"), (["Authorization"], "Mistral AI", "MISTRAL_API_KEY"),
        ([], "Mistral AI", "MISTRAL_API_KEY"), (["password"], "", "PASSWORD"), (["dbPassword"], "", "DB_PASSWORD"),
        (["password", "connect"], "", "CONNECT_PASSWORD"), (["PWD"], "", "PASSWORD"),
        (["val secretKey"], "", "SECRET_KEY"),
        (["spring.datasource.password"], "", "SPRING_DATASOURCE_PASSWORD"), (["HTTPToken"], "", "HTTP_TOKEN"),
        (["path"], "", "APP_PATH"), (["2fa_key"], "", "KEY_2FA_KEY"), (["密钥"], "", "MISTRAL_API_KEY"),
    ]) func aVariableIsCalledAfterWhatItIsOf(given: [String], provider: String, expected: String) {
        var names = VariableNames()
        let place = SecretPlace(
            range: 0..<1, names: given, provider: provider, ruleID: "mistral-api-key", identity: "1", redacted: "…")
        #expect(names.name(for: place) == expected)
    }

    /// What is cut off, and what is at a place where nobody would expect a secret, is refused or replaced, and never the end of
    /// the program.
    @Test(arguments: code + formats) func noTextIsTooBroken(example: Case) {
        var generator = SeededGenerator(seed: 2323)
        let text = Array(example.before.utf8)
        var texts = (0...text.count).map { Array(text[..<$0]) } + (0...text.count).map { Array(text[$0...]) }
        for _ in 0..<60 {
            var copy = text
            for _ in 0..<3 where !copy.isEmpty {
                let index = Int.random(in: 0..<copy.count, using: &generator)
                copy[index] = Array("\"'`\\{}()[]#$<>:|\n\r =/*-%".utf8).randomElement(using: &generator) ?? 0
            }
            texts.append(copy)
        }
        for text in texts where !text.isEmpty {
            let start = Int.random(in: 0..<text.count, using: &generator)
            let end = Int.random(in: start...text.count, using: &generator)
            for range in [start..<end, 0..<text.count, text.count..<text.count] {
                let place = SecretPlace(
                    range: range, names: ["X_KEY"], provider: "", ruleID: "x-key", identity: "1", redacted: "…")
                for purpose in [FileFixer.Purpose.lookups, .fixtures] {
                    var names = VariableNames()
                    let fix = FileFixer(path: example.path, purpose: purpose).fix(text, [place], &names)
                    #expect(Edit.applied(fix.edits, to: text) == fix.text)
                    if case .refused? = fix.places.first?.outcome { #expect(fix.text == text) }
                }
            }
        }
    }

    @Test func theFileForTheHistoryHasALineForEachLineOfAKey() {
        let key = "-----BEGIN X-----\nMIIEvQIBADANBgkqhkiG9w0B\nabc\n-----END X-----\n"
        let file = ReplaceText.file([Array("short".utf8), Array("longer one".utf8), Array(key.utf8)])
        #expect(
            String(decoding: file, as: UTF8.self)
                == "literal:MIIEvQIBADANBgkqhkiG9w0B==>***REMOVED***\nliteral:longer one==>***REMOVED***\nliteral:short==>***REMOVED***\n"
        )
    }

    @Test func piecesHoldNoSecretAndMakeTheValue() {
        for count in 2...80 {
            let value = (0..<count).map { UInt8(ascii: "A") + UInt8($0 % 26) }
            let pieces = FixturePieces.of(value)
            #expect(pieces.joined() == String(decoding: value, as: UTF8.self))
            #expect(pieces.allSatisfy { (1...7).contains($0.utf8.count) })
        }
    }
}
