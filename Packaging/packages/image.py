"""The image: the executable, the C library it runs on, libcurl for `--verify` and certificates, and no shell."""
import gzip
import hashlib
import json
import pathlib
import re
import subprocess
import time

from . import facts
from .files import File, tar

CERTIFICATES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
# What the C library loads by name when it looks up a host.
LOADED = ["libcurl.so.4", "libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2"]
USER = 65532


def libraries(program):
    """Paths of all that is loaded with a program or library, the loader among them."""
    listing = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return {pathlib.Path(path) for path in re.findall(r"(/\S+) \(0x", listing)}


def found(name):
    listing = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    match = re.search(rf"^\s*{re.escape(name)} \(.*?\) => (\S+)$", listing, re.M)
    if not match:
        raise SystemExit(f"packages: the image needs {name}; on Debian: apt-get install libcurl4")
    return pathlib.Path(match.group(1))


def libraries_of_image(program):
    paths = libraries(program)
    for name in LOADED:
        path = found(name)
        paths |= {path} | libraries(path)
    return paths


def layer(program_path, content):
    if not CERTIFICATES.exists():
        raise SystemExit(f"packages: the image needs {CERTIFICATES}; on Debian: apt-get install ca-certificates")
    files, links = [], [("lib", "usr/lib"), ("lib64", "usr/lib64")]
    multiarch = f"{facts.machine()}-linux-gnu"
    for path in libraries_of_image(program_path):
        # The loader has its own place, all others one where it looks by itself; names are those they are asked for by.
        is_loader = path.name.startswith("ld-linux")
        folder = str(path.parent.relative_to("/")) if is_loader else f"lib/{multiarch}"
        files.append(File(f"usr/{folder.removeprefix('usr/')}/{path.name}", path.read_bytes(), is_program=is_loader))
    files += [
        File("usr/bin/windsock", content.program, is_program=True),
        File("etc/ssl/certs/ca-certificates.crt", CERTIFICATES.read_bytes()),
        File("etc/passwd", f"root:x:0:0:root:/:/nologin\nwindsock:x:{USER}:{USER}:windsock:/:/nologin\n".encode()),
        File("etc/group", f"root:x:0:\nwindsock:x:{USER}:\n".encode()),
        File("etc/nsswitch.conf", b"hosts: files dns\n"),
        # Where a repository is mounted.
        File("repo/.keep", b""),
        *[File(f"usr/share/doc/windsock/licences/{name}", text) for name, text in content.linked_licences.items()],
    ]
    return tar(files, links)


def image(program_path, content):
    """`windsock-…-oci-….tar`: an image layout as an archive, for podman, skopeo, crane and docker 25 or later."""
    blobs = {}

    def add(kind, data):
        digest = hashlib.sha256(data).hexdigest()
        blobs[digest] = data
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": f"sha256:{digest}", "size": len(data)}

    def add_json(kind, value):
        return add(kind, json.dumps(value, sort_keys=True, separators=(",", ":")).encode())

    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(facts.timestamp()))
    plain = layer(program_path, content)
    compressed = add("layer.v1.tar+gzip", gzip.compress(plain, 9, mtime=0))
    about = {
        "org.opencontainers.image.title": facts.NAME, "org.opencontainers.image.version": facts.VERSION,
        "org.opencontainers.image.source": facts.HOME_PAGE, "org.opencontainers.image.licenses": facts.LICENCE,
        "org.opencontainers.image.created": created}
    configuration = add_json("config.v1+json", {
        "architecture": facts.image_machine(), "os": "linux", "created": created,
        "config": {
            "User": f"{USER}:{USER}", "WorkingDir": "/repo", "Entrypoint": ["/usr/bin/windsock"], "Cmd": ["scan"],
            "Env": ["PATH=/usr/bin", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt", "HOME=/"], "Labels": about},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(plain).hexdigest()}"]},
        "history": [{"created": created, "created_by": "Packaging/packages/image.py"}]})
    manifest = add_json("manifest.v1+json", {
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": configuration,
        "layers": [compressed], "annotations": about})
    manifest |= {"annotations": {"org.opencontainers.image.ref.name": facts.VERSION},
                 "platform": {"architecture": facts.image_machine(), "os": "linux"}}
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [manifest]}
    files = [File("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'), File("index.json", json.dumps(index, sort_keys=True).encode())]
    files += [File(f"blobs/sha256/{digest}", data) for digest, data in blobs.items()]
    return f"{facts.NAME}-{facts.VERSION}-oci-{facts.image_machine()}.tar", tar(files)
