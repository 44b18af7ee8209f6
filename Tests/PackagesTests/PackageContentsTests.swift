import Packages
import TestSupport
import Testing

/// What would be published, beside what the tools themselves say where these are installed.
struct PackageContentsTests {
    private static func has(_ program: String) -> Bool {
        Command.run(["sh", "-c", "command -v \(program)"]).status == 0
    }

    private static func files(_ folder: TemporaryDirectory, _ kind: PackageKind) throws -> [String] {
        try Packager(folder.path).contents(kind).files
    }

    // MARK: npm

    /// What there is in each project besides its package.json.
    private static let node = [
        "a.js", "lib/b.js", "lib/deep/c.js", "lib/deep/q.log", "src/d.ts", "lib/.env", ".env", ".npmrc", "lib/.npmrc",
        "x.orig", "lib/package-lock.json", "package-lock.json", "CHANGELOG.md", "README.md", "lib/README.md",
        "LICENSE.txt", "node_modules/m/index.js", "node_modules/n/index.js", ".DS_Store", "lib/._x", "dist/out.js",
    ]

    private static let npmCases: [(manifest: String, ignore: String?)] = [
        ("{}", nil), (#"{"files": ["*.js"]}"#, nil), (#"{"files": ["lib/*.js"]}"#, nil), (#"{"files": ["lib"]}"#, nil),
        (#"{"files": ["lib/"]}"#, nil), (#"{"files": ["lib/**/*.js"]}"#, nil),
        (#"{"files": ["lib", "!lib/deep"]}"#, nil),
        (#"{"files": ["**/*.js"]}"#, nil), (#"{"files": ["lib/*"]}"#, nil), (#"{"files": ["/a.js"]}"#, nil),
        (#"{"files": ["deep"]}"#, nil), (#"{"files": ["./lib/deep"]}"#, nil),
        (#"{"files": [".npmrc", "lib/.env"]}"#, nil),
        (#"{"files": ["{a,src/d}.*"]}"#, nil), (#"{"main": "lib/deep/c.js", "files": []}"#, nil),
        (#"{"bin": {"x": "src/d.ts"}, "files": ["a.js"]}"#, nil), ("{}", "lib/*.js\n!lib/b.js\n.env\n"),
        ("{}", "lib\n"), ("{}", "*\n!a.js\n!lib/deep\n"), ("{}", "# none\n*.ts\n"),
        (#"{"files": ["lib"]}"#, "lib/b.js\n"),
        (#"{"bundleDependencies": ["m"], "dependencies": {"m": "1"}}"#, nil), ("{}", "/lib\n"), ("{}", "deep\n"),
        ("{}", "**/deep\n"), ("{}", "*.js\n"),
    ]

    private static func npmProject(_ manifest: String, _ ignore: String?) -> TemporaryDirectory {
        let folder = TemporaryDirectory()
        for path in node { folder.write(path, "x\n") }
        folder.write("lib/deep/.gitignore", "*.log\n")
        for name in ["m", "n"] {
            folder.write("node_modules/\(name)/package.json", #"{"name": "\#(name)", "version": "1.0.0"}"#)
        }
        let own = manifest.dropFirst().dropLast()
        folder.write("package.json", #"{"name": "a", "version": "1.0.0"\#(own.isEmpty ? "" : ", ")\#(own)}"#)
        if let ignore { folder.write(".npmignore", ignore) }
        return folder
    }

    @Test(.enabled(if: has("npm"), "npm is not installed"), arguments: npmCases)
    func npmPacksWhatWeSayThatItPacks(_ manifest: String, _ ignore: String?) throws {
        let (folder, home) = (Self.npmProject(manifest, ignore), TemporaryDirectory())
        let script =
            "npm pack --dry-run --json --ignore-scripts 2> errors | "
            + #"python3 -c 'import json, sys; print("\n".join(f["path"] for f in json.load(sys.stdin)[0]["files"]))'"#
        let outcome = Command.run(["sh", "-c", script], in: folder.path, environment: ["HOME": home.path])
        let expected = outcome.output.split(separator: "\n").map(String.init).sorted().filter { $0 != "errors" }
        try #require(!expected.isEmpty, "\(outcome.errors) \(String(decoding: folder.read("errors"), as: UTF8.self))")
        folder.remove("errors")
        #expect(try Self.files(folder, .npm) == expected, "\(manifest) \(ignore ?? "")")
    }

    @Test func npmListsWhatIsNamedAndLeavesOutWhatNobodyPublishes() throws {
        let folder = Self.npmProject(#"{"files": ["lib"]}"#, nil)
        #expect(
            try Self.files(folder, .npm) == [
                "LICENSE.txt", "README.md", "lib/.env", "lib/README.md", "lib/b.js", "lib/deep/c.js",
                "lib/package-lock.json", "package.json",
            ])
    }

    // MARK: crates

    private static let crateCases = [
        "", #"exclude = ["docs", "*.env"]"#, #"exclude = ["/docs/*"]"#, #"include = ["src/**", "LICENSE"]"#,
        #"include = ["/src", "!/src/secret.rs"]"#, #"exclude = ["src/secret.rs", "!docs"]"#,
        #"readme = "docs/guide.md""#,
        #"include = ["**/*.rs"]"#, #"include = ["*.toml"]"#, #"license-file = "docs/terms""#,
    ]

    private static func crate(_ fields: String, isInGit: Bool) -> TemporaryDirectory {
        let folder = TemporaryDirectory()
        folder.write("Cargo.toml", "[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\(fields)\n")
        for path in [
            "src/lib.rs", "src/secret.rs", "docs/guide.md", "docs/terms", ".env", "prod.env", "LICENSE", "README.md",
            "ignored.txt", "inner/src/lib.rs",
        ] {
            folder.write(path, "\n")
        }
        folder.write(
            "inner/Cargo.toml", "[package]\nname = \"inner\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n")
        folder.write(".gitignore", "ignored.txt\ntarget\n")
        if isInGit { _ = Command.run(["sh", "-c", "git init -q && git add Cargo.toml"], in: folder.path) }
        return folder
    }

    @Test(.enabled(if: has("cargo"), "cargo is not installed"), arguments: crateCases, [true, false])
    func cargoPacksWhatWeSayThatItPacks(_ fields: String, _ isInGit: Bool) throws {
        let folder = Self.crate(fields, isInGit: isInGit)
        let outcome = Command.run(
            ["cargo", "package", "--list", "--allow-dirty", "--offline"], in: folder.path,
            environment: ["CARGO_TARGET_DIR": "/tmp/windsock-test-target"])
        // Cargo makes these itself.
        let made: Set = ["Cargo.toml.orig", ".cargo_vcs_info.json"]
        let lock = folder.read("Cargo.lock").isEmpty ? ["Cargo.lock"] : []
        let expected = outcome.output.split(separator: "\n").map(String.init).filter {
            !made.contains($0) && !lock.contains($0)
        }
        try #require(!expected.isEmpty, "\(outcome.errors)")
        #expect(try Self.files(folder, .crate) == expected.sorted(), "\(fields)")
    }

    @Test func aWorkspaceIsNoCrate() throws {
        let folder = TemporaryDirectory()
        folder.write("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n")
        #expect(try Packager(folder.path).contents(.crate).objection?.message.contains("workspace") == true)
    }

    // MARK: Python

    private static let project = "[project]\nname = \"acme\"\nversion = \"1.0\"\nreadme = \"README.md\"\n"

    private static func build(_ backend: String) -> String { "[build-system]\nbuild-backend = \"\(backend)\"\n" }

    private static let modules = ["acme/__init__.py", "acme/core.py", "acme/sub/__init__.py", "acme/sub/deep.py"]

    /// What `python -m build` has made of the same projects, wheel and source distribution together.
    private static let pythonCases: [(name: String, text: String, more: [String: String], files: [String])] = [
        (
            "setuptools", project + build("setuptools.build_meta"), [:], ["LICENSE", "README.md", "pyproject.toml"]
        ),
        (
            "MANIFEST.in", project + build("setuptools.build_meta"),
            [
                "MANIFEST.in":
                    "graft docs\nrecursive-include acme *.json *.env\nexclude docs/index.md\ninclude .env\nprune tests\n"
            ],
            [
                ".env", "LICENSE", "MANIFEST.in", "README.md", "acme/data/secret.env", "acme/data/x.json",
                "pyproject.toml",
            ]
        ),
        (
            "package data",
            project + build("setuptools.build_meta")
                + "[tool.setuptools]\npackages = [\"acme\", \"acme.sub\"]\n[tool.setuptools.package-data]\nacme = [\"data/*.json\"]\n",
            [:], ["LICENSE", "README.md", "acme/data/x.json", "pyproject.toml"]
        ),
        (
            "setup.py", "",
            [
                "setup.py":
                    "from setuptools import setup, find_packages\nsetup(name='acme', version='1', packages=find_packages(exclude=['tests']), package_data={'acme': ['data/*.env']})\n"
            ], ["LICENSE", "README.md", "acme/data/secret.env", "setup.py"]
        ),
        (
            "hatch", project + build("hatchling.build"), [:],
            [
                ".env", ".gitignore", "LICENSE", "README.md", "acme/data/secret.env", "acme/data/x.json",
                "docs/index.md", "pyproject.toml", "scripts/run.sh", "tests/test_a.py",
            ]
        ),
        (
            "hatch, exclude",
            project + build("hatchling.build")
                + "[tool.hatch.build]\nexclude = [\"*.env\", \"/docs\"]\n[tool.hatch.build.targets.sdist]\ninclude = [\"acme\", \"/tests\"]\n",
            [:], [".gitignore", "LICENSE", "README.md", "acme/data/x.json", "pyproject.toml", "tests/test_a.py"]
        ),
        (
            "poetry",
            "[tool.poetry]\nname = \"acme\"\nreadme = \"README.md\"\ninclude = [\"docs/*.md\"]\nexclude = [\"acme/data/*.env\"]\n"
                + build("poetry.core.masonry.api"), [:],
            ["LICENSE", "README.md", "acme/data/x.json", "docs/index.md", "pyproject.toml"]
        ),
        (
            "poetry, plain", "[tool.poetry]\nname = \"acme\"\n" + build("poetry.core.masonry.api"), [:],
            ["LICENSE", "acme/data/secret.env", "acme/data/x.json", "pyproject.toml"]
        ),
        (
            // `flit publish` makes the wheel of the folder: what the source distribution leaves out is in it.
            "flit",
            project + build("flit_core.buildapi")
                + "[tool.flit.sdist]\ninclude = [\"docs/\"]\nexclude = [\"acme/data/*.env\"]\n", [:],
            ["LICENSE", "README.md", "acme/data/secret.env", "acme/data/x.json", "docs/index.md", "pyproject.toml"]
        ),
    ]

    @Test(arguments: pythonCases)
    func pythonsBackendsPackWhatWeSayThatTheyPack(
        _ name: String, _ text: String, _ more: [String: String], _ files: [String]
    ) throws {
        let folder = TemporaryDirectory()
        for path in Self.modules + [
            "acme/data/x.json", "acme/data/secret.env", "acme/__pycache__/core.cpython-311.pyc", "tests/test_a.py",
            "docs/index.md", "README.md", "LICENSE", ".env", "ignored.txt", "scripts/run.sh",
        ] { folder.write(path, "\n") }
        folder.write(".gitignore", "ignored.txt\n__pycache__\n")
        if !text.isEmpty { folder.write("pyproject.toml", text) }
        for (path, content) in more { folder.write(path, content) }
        _ = Command.run(["sh", "-c", "git init -q && git add ."], in: folder.path)
        #expect(try Self.files(folder, .python) == (files + Self.modules).sorted(), "\(name)")
    }

    // MARK: gems

    @Test(
        arguments: [
            (#"spec.files = Dir["lib/**/*.rb"]"#, ["lib/acme.rb", "lib/acme/deep.rb"], true),
            (
                #"s.files = Dir.glob("{lib,exe}/**/*")"#,
                ["exe/acme", "lib/acme.rb", "lib/acme/deep.rb", "lib/acme/key.env"], true
            ),
            (#"spec.files = %w[lib/acme.rb README.md]"#, ["README.md", "lib/acme.rb"], true),
            (#"spec.files = ["lib/acme.rb", 'none.rb']"#, ["lib/acme.rb"], true),
            ("spec.files = [\n  \"lib/acme.rb\",\n  \"README.md\"\n]", ["README.md", "lib/acme.rb"], true),
            (#"spec.files += Dir["*.md"]"#, ["README.md"], true),
            (#"spec.files << "README.md""#, ["README.md"], true),
            (#"# spec.files = ["README.md"]"# + "\n" + #"spec.files = ["lib/acme.rb"]"#, ["lib/acme.rb"], true),
            (
                #"spec.files = `git ls-files -z`.split("\x0").reject { |f| f.match(%r{\A(?:test|spec|exe)/}) }"#,
                [".gitignore", "README.md", "acme.gemspec", "lib/acme.rb", "lib/acme/deep.rb", "lib/acme/key.env"], true
            ),
            (
                """
                spec.files = IO.popen(%w[git ls-files -z], chdir: __dir__, err: IO::NULL) do |ls|
                  ls.readlines("\\x0", chomp: true).reject do |f|
                    (f == gemspec) || f.start_with?(*%w[exe/ test/ spec/ .git])
                  end
                end
                """, ["README.md", "lib/acme.rb", "lib/acme/deep.rb", "lib/acme/key.env"], true
            ),
            (
                #"spec.files = files_of(Dir["lib/**/*"].select { |f| odd?(f) })"#,
                ["lib/acme.rb", "lib/acme/deep.rb", "lib/acme/key.env"], false
            ),
        ])
    func aSpecificationIsReadAndNotRun(_ statement: String, _ files: [String], _ isKnown: Bool) throws {
        let folder = TemporaryDirectory()
        for path in ["lib/acme.rb", "lib/acme/deep.rb", "lib/acme/key.env", "exe/acme", "test/a_test.rb", "README.md"] {
            folder.write(path, "\n")
        }
        folder.write(".gitignore", "tmp\n")
        folder.write("acme.gemspec", "Gem::Specification.new do |spec|\n\(statement)\nend\nsystem 'touch ran'\n")
        _ = Command.run(["sh", "-c", "git init -q && git add ."], in: folder.path)
        let contents = try Packager(folder.path).contents(.gem)
        #expect(contents.files == files)
        #expect(contents.notes.isEmpty == isKnown)
        #expect(folder.read("ran").isEmpty)
    }

    // MARK: extensions and contexts

    @Test func anExtensionHasWhatItNeedsAndNotWhatItIsMadeWith() throws {
        let folder = TemporaryDirectory()
        folder.write(
            "package.json",
            #"{"name": "a", "engines": {"vscode": "*"}, "dependencies": {"m": "1"}, "devDependencies": {"n": "1"}}"#)
        folder.write("node_modules/m/package.json", #"{"name": "m", "dependencies": {"o": "1"}}"#)
        folder.write(".vscodeignore", "src/**\n**/*.map\n!src/keep.ts\n# comment\n.vscode/\n")
        for path in [
            "src/a.ts", "src/keep.ts", "out/a.js", "out/a.js.map", ".env", ".vscode/launch.json",
            "node_modules/n/index.js", "node_modules/o/index.js", "yarn.lock",
        ] {
            folder.write(path, "\n")
        }
        #expect(try Packager(folder.path).kinds == [.vsix])
        #expect(
            try Self.files(folder, .vsix) == [
                ".env", "node_modules/m/package.json", "node_modules/o/index.js", "out/a.js", "package.json",
                "src/keep.ts",
            ])
    }

    @Test(
        arguments: [
            (
                nil,
                [".dockerignore", ".env", ".git/config", "Dockerfile", "a.log", "app/.env", "app/a.log", "app/main.py"]
            ),
            ("*.log\n.git\n", [".dockerignore", ".env", "Dockerfile", "app/.env", "app/a.log", "app/main.py"]),
            ("**/*.log\n**/.env\n.git\n", [".dockerignore", "Dockerfile", "app/main.py"]),
            ("*\n!app\napp/.env\n", ["app/a.log", "app/main.py"]),
            ("app\n!app/main.py\n.git\n# x\n", [".dockerignore", ".env", "Dockerfile", "a.log", "app/main.py"]),
            ("/app/\n.git", [".dockerignore", ".env", "Dockerfile", "a.log"]),
        ] as [(String?, [String])])
    func aBuildIsSentWhatDockerignoreLeaves(_ ignore: String?, _ files: [String]) throws {
        let folder = TemporaryDirectory()
        for path in ["Dockerfile", ".env", "a.log", "app/.env", "app/a.log", "app/main.py", ".git/config"] {
            folder.write(path, "\n")
        }
        if let ignore { folder.write(".dockerignore", ignore) }
        #expect(try Self.files(folder, .docker) == files.filter { $0 != ".dockerignore" || ignore != nil })
    }

    @Test func whatIsNoProjectIsNone() throws {
        let folder = TemporaryDirectory()
        folder.write("a.txt", "\n")
        #expect(try Packager(folder.path).kinds.isEmpty)
    }
}
