"""A registry on the loopback address whose repositories behave as their names say, with one image of one layer.

    registry.py LINE     LINE: what stands in etc/app.conf of the layer

Prints its port, and ends with its standard input. What it saw is in /seen, a line a request: method, path, who asked.
"""
import base64
import gzip
import hashlib
import http.server
import io
import json
import sys
import tarfile
import threading
import urllib.parse


def tar(files):
    result = io.BytesIO()
    with tarfile.open(fileobj=result, mode="w") as file:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            file.addfile(entry, io.BytesIO(content))
    return result.getvalue()


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


PADDING = bytes(range(256)) * 4096
LAYER = gzip.compress(tar([("etc/app.conf", sys.argv[1].encode() + b"\n"), ("bin/padding", PADDING)]), 0, mtime=0)
CONFIG = json.dumps({
    "os": "linux", "architecture": "arm64", "config": {"Env": ["A=b"]}, "rootfs": {"type": "layers", "diff_ids": []},
    "history": [{"created_by": "COPY etc /etc"}],
}).encode()


def manifest(size=len(LAYER), **more):
    return json.dumps({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest(CONFIG), "size": len(CONFIG)},
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": digest(LAYER), "size": size, **more}],
    }).encode()


def index():
    inner = manifest()
    return json.dumps({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest(inner), "size": len(inner),
                       "platform": {"os": "linux", "architecture": "arm64"}}],
    }).encode()


SEEN = []
LOCK = threading.Lock()
BUSY = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, content=b"", length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)
        if length is not None:
            self.close_connection = True

    def do_GET(self):
        kind = (self.headers.get("Authorization") or "nobody").split(" ")[0]
        path = self.path.split("?")[0]
        if path == "/seen":
            with LOCK:
                return self.answer(200, "".join(SEEN).encode())
        with LOCK:
            SEEN.append(f"{self.server.role} {self.path} {kind}\n")
        if path == "/token":
            return self.token()
        if self.server.role == "cdn":
            # Who is sent here must not say who it is.
            return self.answer(400 if kind != "nobody" else 200, b"" if kind != "nobody" else LAYER)
        parts = path.split("/")
        if len(parts) < 5 or parts[1] != "v2":
            return self.answer(404)
        self.repository(parts[2], parts[-2], urllib.parse.unquote(parts[-1]))

    def token(self):
        if "repository:" not in urllib.parse.unquote(self.path):
            return self.answer(400)
        if "private" in self.path and self.headers.get("Authorization") != LOGIN:
            return self.answer(401)
        self.answer(200, json.dumps({"token": "T0ken"}).encode(), Content_Type="application/json")

    def repository(self, mode, kind, name):
        own = f"http://127.0.0.1:{self.server.server_port}"
        realms = {
            "token": own + "/token", "private": own + "/token", "elsewhere": "https://10.1.2.3/token", "plain": "http://192.0.2.1/token",
            "nowhere": "ftp://x/token",
        }
        if mode in realms and self.headers.get("Authorization") != "Bearer T0ken":
            value = f'Bearer realm="{realms[mode]}",service="test",scope="repository:{mode}:pull"'
            return self.answer(401, WWW_Authenticate=value)
        if mode in ("basic", "helper") and self.headers.get("Authorization") != LOGIN:
            return self.answer(401, WWW_Authenticate='Basic realm="test"')
        if mode == "silent":
            return self.answer(401)
        if mode in ("busy", "jammed"):
            BUSY[mode] = BUSY.get(mode, 0) + 1
            if mode == "jammed" or BUSY[mode] <= 2:
                return self.answer(429, Retry_After="0")
        if mode == "patience":
            return self.answer(429, Retry_After="86400")
        if kind == "manifests":
            return self.manifest(mode, name)
        if name == digest(CONFIG):
            return self.answer(200, CONFIG)
        if name == digest(LAYER):
            return self.layer(mode)
        self.answer(404)

    def manifest(self, mode, name):
        bodies = {
            "size": manifest(size=len(LAYER) + 7), "short": manifest(size=100), "notjson": b"<html>",
            "foreign": manifest(mediaType="application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", urls=["https://x.example/"]),
        }
        content = bodies.get(mode, index() if mode == "index" else manifest())
        if mode == "index" and name == digest(manifest()):
            content = manifest()
        if mode == "other":
            content = content.replace(b"gzip", b"zstd")
        headers = {"Docker_Content_Digest": "sha256:" + "0" * 64} if mode == "other" else {}
        self.answer(200, content, Content_Type="application/vnd.oci.image.manifest.v1+json", **headers)

    def layer(self, mode):
        if mode == "half":
            return self.answer(200, LAYER[: len(LAYER) // 2], length=len(LAYER))
        if mode == "wrong":
            return self.answer(200, gzip.compress(tar([("etc/app.conf", b"nothing\n")]), mtime=0).ljust(len(LAYER), b"\0"))
        if mode == "gone":
            return self.answer(404)
        if mode == "cdn":
            return self.answer(307, Location=f"http://127.0.0.1:{CDN.server_port}/blob?sig=x")
        if mode == "loop":
            return self.answer(307, Location=self.path)
        if mode == "away":
            return self.answer(307, Location="https://10.1.2.3/blob")
        self.answer(200, LAYER)


LOGIN = "Basic " + base64.b64encode(b"somebody:let-me-in").decode()


def serve(role):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.role = role
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


CDN = serve("cdn")
print(serve("registry").server_port, flush=True)
sys.stdin.read()
