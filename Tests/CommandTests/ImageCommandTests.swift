import Archives
import TestSupport
import Testing

/// Images of containers, made by hand in the formats of docker, OCI and skopeo; `Scripts/check-images` has those of other people's tools.
@Suite(.enabled(if: ArchiveLibrary.objection == nil, "libarchive is not installed"))
struct ImageCommandTests {
    private let keys = (0..<8).map { RandomKey(2710 + UInt64($0)) }

    /// Makes images by a script of Python, in which `K` has the keys and functions make layers, layouts and archives.
    private func folder(_ script: String) -> TemporaryDirectory {
        let folder = TemporaryDirectory()
        let prelude = """
            import gzip, hashlib, io, json, os, sys, tarfile
            K = sys.argv[1:]
            def line(number): return ("MISTRAL_API_KEY=" + K[number] + "\\n").encode()
            def tar(files, **links):
                result = io.BytesIO()
                with tarfile.open(fileobj=result, mode="w") as file:
                    for name, content in files:
                        entry = tarfile.TarInfo(name)
                        if isinstance(content, str):
                            entry.type, entry.linkname = tarfile.LNKTYPE, content
                            file.addfile(entry)
                        else:
                            entry.size = len(content)
                            file.addfile(entry, io.BytesIO(content))
                return result.getvalue()
            def digest(content): return "sha256:" + hashlib.sha256(content).hexdigest()
            def write(name, content):
                os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
                with open(name, "wb") as file: file.write(content)
            class Layout:
                def __init__(self, path):
                    self.path, self.manifests = path, []
                    write(path + "/oci-layout", b'{"imageLayoutVersion": "1.0.0"}')
                def blob(self, content, type, **more):
                    write(self.path + "/blobs/sha256/" + digest(content)[7:], content)
                    return {"mediaType": type, "digest": digest(content), "size": len(content), **more}
                def image(self, layers, config, name="app", **more):
                    config = self.blob(json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json")
                    layers = [layer if isinstance(layer, dict) else self.blob(layer, "application/vnd.oci.image.layer.v1.tar") for layer in layers]
                    text = json.dumps({"schemaVersion": 2, "config": config, "layers": layers}).encode()
                    entry = self.blob(text, "application/vnd.oci.image.manifest.v1+json", **more)
                    entry["annotations"] = {"org.opencontainers.image.ref.name": name}
                    self.manifests.append(entry)
                    self.write()
                    return entry
                def write(self):
                    write(self.path + "/index.json", json.dumps({"schemaVersion": 2, "manifests": self.manifests}).encode())
            def history(*commands): return [{"created_by": command} for command in commands]
            def saved(path, layers, config, names=("app:1",)):
                config["rootfs"] = {"type": "layers", "diff_ids": [digest(layer) for layer in layers]}
                text = json.dumps(config).encode()
                files = [(digest(layer)[7:] + "/layer.tar", layer) for layer in layers] + [(digest(text)[7:] + ".json", text)]
                files.append(("manifest.json", json.dumps([{"Config": digest(text)[7:] + ".json", "RepoTags": list(names), "Layers": [name for name, _ in files[:-1]]}]).encode()))
                write(path, tar(files))

            """
        let outcome = Command.run(["python3", "-c", prelude + script] + keys.map(\.description), in: folder.path)
        precondition(outcome.status == 0, "\(script): \(outcome.errors)")
        return folder
    }

    private static let layers = """
        one = tar([("etc/app.conf", line(0)), ("srv/gone.env", line(1)), ("srv/replaced.env", line(2)), ("opt/x/deep.env", line(3))])
        two = tar([("srv/.wh.gone.env", b""), ("srv/replaced.env", b"A=b\\n"), ("opt/.wh..wh..opq", b"")])
        config = {"os": "linux", "architecture": "amd64", "config": {"Env": ["PATH=/bin", line(4).decode().strip()], "Labels": {"mistral_api_key": K[5]},
                  "Entrypoint": ["/bin/app", "--mistral-api-key", K[6]]},
                  "history": history("COPY conf /etc", "|1 MISTRAL_API_KEY=" + K[7] + " /bin/sh -c make && rm -rf /opt/x")}

        """

    /// The places without the digests, which are no part of what is promised.
    private func places(_ scan: Scan) -> [String] {
        scan.report.findings.flatMap(\.occurrences).map { place in
            place.path.split(separator: "!").filter { !$0.hasPrefix("sha256:") }.joined(separator: "!")
        }.sorted()
    }

    private static let members = [
        "config/build-arguments", "config/command", "config/env", "config/labels", "etc/app.conf", "opt/x/deep.env",
        "srv/gone.env", "srv/replaced.env",
    ]

    @Test(
        arguments: [
            ("saved('i.tar', [one, two], config)", ["i.tar"]),
            (
                "saved('i.tar', [one, two], config); write('i.tgz', gzip.compress(open('i.tar', 'rb').read()))",
                ["i.tgz"]
            ),
            ("Layout('i').image([one, two], config)", ["--oci", "i"]),
            (
                "l = Layout('i'); l.image([l.blob(gzip.compress(one), 'application/vnd.oci.image.layer.v1.tar+gzip'), two], config)",
                ["--oci", "i"]
            ),
            (
                "Layout('l').image([one, two], config); import subprocess; subprocess.run(['tar', '-C', 'l', '-cf', 'i.tar', '.'])",
                ["i.tar"]
            ),
            (
                "saved('s.tar', [one, two], config); tarfile.open('s.tar').extractall('i', filter='data') if hasattr(tarfile, 'data_filter') else tarfile.open('s.tar').extractall('i')",
                ["--oci", "i"]
            ),
        ])
    func everyPlaceOfAnImageIsLookedAt(_ script: String, _ arguments: [String]) throws {
        let folder = folder(Self.layers + script)
        let outcome = Windsock.run(["scan", "--format", "json"] + arguments, in: folder)
        let scan = try Scan(outcome)
        #expect(scan.status == 1)
        #expect(places(scan) == Self.members.map { "\(arguments.last ?? "")!\($0)" }, "\(outcome.output)")
        #expect(scan.report.summary.complete, "\(scan.report.summary.problems)")
        #expect(scan.report.summary.mode == "image")
        #expect(outcome.output.contains(#""command": "COPY conf /etc""#))
    }

    @Test func whatALaterLayerTakesAwayIsSaidToBeThereStill() {
        let folder = folder(Self.layers + "saved('i.tar', [one, two], config)")
        let text = Windsock.run(["scan", "i.tar"], in: folder).output
        #expect(text.components(separatedBy: "it is removed by layer 2").count == 3, "\(text)")
        #expect(text.components(separatedBy: "another file is put in its").count == 2)
        #expect(text.contains("in the configuration of the image"))
        for format in ["text", "json", "sarif", "gitlab", "junit", "html"] {
            let report = Windsock.run(["scan", "--format", format, "i.tar"], in: folder).output
            #expect(report.contains("COPY conf /etc"), "\(format)")
            for key in keys { #expect(!report.contains(key.description), "\(format)") }
        }
        let sarif = Windsock.run(["scan", "--format", "sarif", "i.tar"], in: folder).output
        #expect(sarif.contains(#""uri":"i.tar","uriBaseId":"%SRCROOT%"},"hashes":{"sha-256":""#), "\(sarif)")
    }

    @Test func aLayerThatImagesShareIsReadOnce() throws {
        let folder = folder(
            """
            base = tar([("etc/base.conf", line(0))])
            l = Layout("i")
            l.image([base, tar([("a", b"a")])], {"os": "linux", "architecture": "amd64", "history": history("base", "a")}, "a", platform={"os": "linux", "architecture": "amd64"})
            l.image([base, tar([("etc/.wh.base.conf", b"")])], {"os": "linux", "architecture": "arm64", "history": history("base", "b")}, "b", platform={"os": "linux", "architecture": "arm64"})
            """)
        let scan = try Windsock.scan("--oci", "i", in: folder)
        #expect(places(scan) == ["i!etc/base.conf"])
        #expect(scan.outcome.output.contains(#""otherImages": 1"#))
        // It is gone from one of them only.
        #expect(!scan.outcome.output.contains("removedBy"))
        #expect(scan.report.summary.notes?.count == 2)
    }

    @Test func attestationsAndOtherBlobsAreReadAsWhatTheyAre() throws {
        let folder = folder(
            """
            l = Layout("i")
            proof = json.dumps({"predicate": {"buildArgs": {"MISTRAL_API_KEY": K[0]}}}).encode()
            l.image([l.blob(proof, "application/vnd.in-toto+json")], {})
            """)
        let scan = try Windsock.scan("--oci", "i", in: folder)
        #expect(scan.status == 1, "\(scan.outcome.output)")
        #expect(scan.report.summary.complete)
    }

    // MARK: What is not as it should be

    @Test(
        arguments: [
            (
                "l.image([one], {}); write('i/blobs/sha256/' + digest(one)[7:], tar([('etc/app.conf', line(1))]))",
                "has other content than its digest says"
            ),
            ("l.image([l.blob(one, 'x.tar', size=5)], {})", "is said to have 5 bytes"),
            ("l.image([{'mediaType': 'x.tar', 'digest': digest(b'none'), 'size': 4}], {})", "is not there"),
            (
                "l.image([{'mediaType': 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'digest': digest(b'none'), 'size': 4, 'urls': ['https://x.example']}], {})",
                "is a foreign layer"
            ),
            (
                "l.image([l.blob(b'\\x00\\xffLZX' + os.urandom(3000), 'application/vnd.oci.image.layer.v1.tar+lzx')], {})",
                "compressed in a way that is not known"
            ),
            ("l.image([l.blob(one, 'application/vnd.oci.image.layer.v1.tar+encrypted')], {})", "is encrypted"),
            ("l.image([l.blob(gzip.compress(one)[:60], 'x.tar+gzip')], {})", "could not be read as a whole"),
            ("l.image([one], {}); l.manifests[0]['digest'] = 'sha256:../../x'; l.write()", "what is no digest"),
            ("l.manifests = [l.blob(b'{', 'x')]; l.write()", "is not JSON"),
            (
                "l.manifests = [l.blob(b'{\\\"schemaVersion\\\": 1, \\\"fsLayers\\\": []}', 'x')]; l.write()",
                "of the first version"
            ),
            (
                "l.image([one] + [{'mediaType': 'x.tar', 'digest': digest(one), 'size': len(one)}] * 100000, {})",
                "has 100001 layers"
            ),
            (
                "inner = l.blob(b'[]', 'x'); l.manifests = [l.blob(json.dumps({'manifests': [inner]}).encode(), 'x')]; l.write()",
                "is no manifest"
            ),
            ("write('i/index.json', b'{}')", "is no manifest of an image"),
            ("os.remove('i/oci-layout')", "holds no image"),
        ])
    func whatIsNotRightIsNamedAndMakesTheScanIncomplete(_ script: String, _ message: String) throws {
        let folder = folder("one = tar([('etc/app.conf', line(0))])\nl = Layout('i')\n" + script)
        let scan = try Windsock.scan("--oci", "i", in: folder)
        #expect(!scan.report.summary.complete)
        #expect(scan.status == 3 || scan.status == 1)
        let problems = scan.report.summary.problems.map(\.message)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test func namesThatLeadOutLinksInCirclesAndBombsAreHarmless() throws {
        let folder = folder(
            """
            bad = tar([("../../etc/escape.env", line(0)), ("/abs.env", line(1)), ("a", "b"), ("b", "a"), ("c" * 3000, line(2))])
            bomb = gzip.compress(tar([("zeros", bytes(200 << 20))]), 9)
            l = Layout("i")
            l.image([bad, l.blob(bomb, "application/vnd.oci.image.layer.v1.tar+gzip")], {})
            """)
        let scan = try Windsock.scan("--oci", "i", in: folder)
        #expect(scan.status == 1)
        #expect(scan.report.findings.count == 3)
        #expect(
            scan.report.summary.problems.map(\.message).contains { $0.contains("it holds more than") },
            "\(scan.report.summary.problems)")
        #expect(Command.run(["ls", "/abs.env"]).status != 0)
    }

    @Test func imagesAndOtherFilesAreScannedTogether() throws {
        let folder = folder(
            "saved('i.tar', [tar([('etc/app.conf', line(0))])], {})\nwrite('d/b.env', line(1))\nwrite('plain.tar', tar([('c.env', line(2))]))"
        )
        let scan = try Windsock.scan("d", "i.tar", "plain.tar", in: folder)
        #expect(places(scan) == ["d/b.env", "i.tar!etc/app.conf", "plain.tar!c.env"], "\(scan.outcome.output)")
        #expect(try Windsock.scan("--archives", "0", "i.tar", in: folder).status == 3)
    }

    @Test func commentsAndBaselinesHoldInImages() throws {
        let folder = folder(
            "saved('i.tar', [tar([('a.env', line(0).strip() + b' # windsock:allow\\n'), ('b.env', line(1))])], {})")
        let scan = try Windsock.scan("i.tar", in: folder)
        #expect(places(scan) == ["i.tar!b.env"])
        let made = Windsock.run(["baseline", "create", "-o", "known", "i.tar"], in: folder)
        #expect(made.status == 0, "\(made.errors)")
        #expect(try Windsock.scan("--baseline", "known", "i.tar", in: folder).status == 0)
    }

    @Test(arguments: [
        ["--oci", "i", "d"], ["--oci", "i", "--staged"], ["--oci", "i", "--image", "x"], ["--package-kind", "npm"],
        ["--package", "a", "b"],
    ])
    func whatDoesNotGoTogetherIsRefused(_ arguments: [String]) {
        #expect(Windsock.run(["scan"] + arguments, in: "/").status == 2)
    }

    @Test func aFolderThatIsNotThereIsWrongUsage() {
        #expect(Windsock.run(["scan", "--oci", "/nonexistent"], in: "/").status == 2)
        #expect(Windsock.run(["scan", "--image", "Not A Name"], in: "/").status == 2)
    }
}
