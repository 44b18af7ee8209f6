"""The provider that tests ask: TLS servers and a CONNECT proxy on 127.0.0.1, as good and as bad as real ones.

Usage: server.py FOLDER, which holds NAME.pem (certificates and key) for main, expired and selfsigned. Prints the ports as one
line of JSON, appends a line of JSON for each request to FOLDER/requests.jsonl, and ends when standard input does.
"""
import json, os, socket, ssl, struct, sys, threading, time
from urllib.parse import parse_qs, urlsplit

import forge

folder = sys.argv[1]
lock = threading.Lock()
seen = {}


def note(**fields):
    with lock, open(os.path.join(folder, "requests.jsonl"), "a") as file:
        file.write(json.dumps({"time": time.monotonic(), **fields}) + "\n")


def read_request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    while len(body) < int(headers.get("content-length", 0)):
        more = connection.recv(65536)
        if not more:
            return None
        body += more
    return method, target, headers, body


def reply(connection, status, type, body, extra=()):
    head = ["HTTP/1.1 %d Answer" % status, "Content-Length: %d" % len(body)]
    if type:
        head.append("Content-Type: " + type)
    head += extra
    connection.sendall(("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + body)


GOOD = b'{"object":"list","data":[{"id":"model"}]}'
JSON = "application/json"


def chunk(connection, data):
    connection.sendall(b"%x\r\n%s\r\n" % (len(data), data))


def event(connection, **choice):
    chunk(connection, b"data: " + json.dumps({"object": "chat.completion.chunk", "choices": [choice]}).encode() + b"\n\n")


def chat(connection, scenario, body):
    """Answers as a server of language models does that is asked to stream; `scenario` says how: /say/HEX, /busy/2/0 and so on."""
    kind, *rest = scenario + [""]
    text = bytes.fromhex(rest[0]).decode() if kind in ("say", "whole", "cut", "length") else ""
    if kind == "status":
        extra = ["Retry-After: " + rest[1]] if len(rest) > 2 else []
        reply(connection, int(rest[0]), JSON, b'{"object":"error","message":"no \x1b[31m"}', extra)
        return True
    if kind == "busy":
        with lock:
            seen[str(scenario)] = seen.get(str(scenario), 0) + 1
            count = seen[str(scenario)]
        if count <= int(rest[0]):
            reply(connection, 429, JSON, b"{}", ["Retry-After: " + rest[1]])
            return True
        text = bytes.fromhex(rest[2]).decode()
    if kind == "html":
        reply(connection, int(rest[0]), "text/html", b"<html>sign in</html>")
        return True
    if kind == "whole":
        message = {"role": "assistant", "content": text}
        answer = {"object": "chat.completion", "choices": [{"message": message, "finish_reason": "stop"}], "usage": {"total_tokens": 1234}}
        reply(connection, 200, JSON, json.dumps(answer).encode())
        return True
    if kind == "hugewhole":
        reply(connection, 200, JSON, b'{"choices":[{"message":{"content":"' + b"a" * (10 << 20) + b'"}}]}')
        return True
    if kind == "hang":
        time.sleep(30)
        return False
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n")
    if kind == "endless":
        while True:
            chunk(connection, b": still here\n\n")
            time.sleep(0.02)
    if kind == "talk":
        while True:
            event(connection, index=0, delta={"content": "and so on "})
    if kind == "huge":
        for _ in range(160):
            chunk(connection, b"data: " + b"x" * 65536)
    if kind == "tool":
        event(connection, index=0, delta={"tool_calls": [{"id": "a", "function": {"name": "shell", "arguments": "{}"}}]})
        event(connection, index=0, delta={}, finish_reason="tool_calls")
    if kind == "fault":
        event(connection, index=0, delta={"content": '{"opens":'})
        chunk(connection, b'data: {"error":{"message":"out of memory"}}\n\n')
    for start in range(0, len(text) if kind != "cut" else len(text) // 2, 7):
        event(connection, index=0, delta={"content": text[start:start + 7]})
    if kind == "cut":
        return False
    if kind in ("say", "busy", "length"):
        event(connection, index=0, delta={"content": ""}, finish_reason="length" if kind == "length" else "stop")
    chunk(connection, b"data: [DONE]\n\n")
    connection.sendall(b"0\r\n\r\n")
    return True


def answer(connection, method, target, headers, body):
    """Answers one request; returns whether the connection may be used again."""
    parts = urlsplit(target)
    query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    path = parts.path
    if path == "/answer":
        extra = ["Retry-After: " + query["retry"]] if "retry" in query else []
        reply(connection, int(query["status"]), query.get("type", ""), query.get("body", "").encode(), extra)
    elif path == "/by-key":
        # What the key begins with says what the answer is.
        key = headers.get("authorization", "").removeprefix("Bearer ")
        status = 401 if key.startswith("dead") else 403 if key.startswith("less") else 200
        reply(connection, status, JSON, GOOD if status == 200 else b'{"detail":"no"}')
    elif path == "/echo":
        text = json.dumps({"object": "list", "data": [{"id": json.dumps(headers)}], "path": target, "body": body.decode()})
        reply(connection, int(query.get("status", 200)), query.get("type", JSON), text.encode(),
              ["X-Echo: " + headers.get("authorization", "")])
    elif path == "/busy":
        # "Too many requests", some times, then the answer.
        with lock:
            seen[target] = seen.get(target, 0) + 1
            count = seen[target]
        if count <= int(query["times"]):
            reply(connection, 429, JSON, b'{"message":"slow down"}', ["Retry-After: " + query["retry"]] if "retry" in query else [])
        else:
            reply(connection, 200, JSON, GOOD)
    elif path == "/redirect":
        reply(connection, int(query["status"]), JSON, GOOD, ["Location: " + query["to"]])
    elif path == "/slow":
        time.sleep(float(query["seconds"]))
        reply(connection, 200, JSON, GOOD)
    elif path == "/drip":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        for _ in range(200):
            connection.sendall(b" ")
            time.sleep(0.1)
        return False
    elif path == "/chunked":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        for start in range(0, len(GOOD), 7):
            chunk = GOOD[start:start + 7]
            connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            time.sleep(0.01)
        connection.sendall(b"0\r\n\r\n")
    elif path == "/truncated":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n" + GOOD)
        return False
    elif path == "/truncated-chunk":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(GOOD) + GOOD)
        return False
    elif path == "/endless":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            connection.sendall(b" " * 65536)
    elif path == "/endless-header":
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-More: " + b"a" * 1000 + b"\r\n")
    elif path == "/nothing":
        return False
    elif path == "/garbage":
        connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        return False
    elif path.endswith("/v1/chat/completions"):
        return chat(connection, path.split("/")[1:-3], body)
    elif path.endswith("/v1/models") and path.split("/")[1] in ("status", "html", "nomodels"):
        kind, status = path.split("/")[1:3]
        if kind == "nomodels":
            reply(connection, 200, JSON, b'{"object":"list","data":[]}')
        else:
            reply(connection, int(status), "text/html" if kind == "html" else JSON, b"<html>no</html>" if kind == "html" else b"{}")
    elif path.endswith("/v1/models") or path.endswith("/v1/me"):
        key = headers.get("authorization", "").removeprefix("Bearer ")
        models = [{"id": name} for name in (
            "mistral-large-latest", "mistral-small-latest", "codestral-latest", "mistral-embed",
            "ft:open-mistral-7b:acme0001:20240514:7e773925")]
        if key.startswith("slow"):
            time.sleep(1.5)
        if key.startswith("dead"):
            reply(connection, 401, JSON, b'{"detail":"Unauthorized"}')
        elif key.startswith("page"):
            reply(connection, 403, "text/html", b"<html>Access denied for " + key.encode() + b"</html>")
        elif key.startswith("less"):
            reply(connection, 403, JSON, b'{"message":"no plan"}')
        else:
            reply(connection, 200, JSON, json.dumps({"object": "list", "data": [] if key.startswith("none") else models}).encode())
    elif path == "/v1/admin/api-keys":
        last = query.get("name", "")
        keys = [{"key_id": "k-%d" % i, "hidden_key": "abcd...%s" % end, "name": "ci", "workspace": "ferry", "creator": "grace@ferry.example",
                 "last_used_at": "2026-01-02T03:04:05Z"} for i, end in enumerate(["PSIH", "twin", "twin", "miss"])]
        reply(connection, 200, JSON, json.dumps({"data": [key for key in keys if last in key["hidden_key"]]}).encode())
    elif path.startswith("/v1/admin/api-keys/"):
        reply(connection, 204 if method == "DELETE" else 405, JSON if method != "DELETE" else "", b"")
    else:
        reply(connection, 404, JSON, b'{"message":"nothing here"}')
    return True


def serve_forge(connection, server):
    while True:
        request = read_request(connection)
        if request is None:
            return
        method, target, headers, body = request
        note(server=server, protocol="1.1", method=method, target=target, headers=headers)
        forge.answer(connection, reply, ports["forge"], *request)


def serve_http1(connection, server):
    while True:
        request = read_request(connection)
        if request is None:
            return
        method, target, headers, body = request
        note(server=server, protocol="1.1", method=method, target=target, host=headers.get("host", ""), headers=headers,
             **({"body": body.decode("utf-8", "replace")} if body else {}))
        if not answer(connection, *request):
            return


def serve_http2(connection, server):
    """Just enough of RFC 9113: one answer to each request, whatever it asks for."""
    def take(count):
        data = b""
        while len(data) < count:
            more = connection.recv(count - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def frame(type, flags, stream, payload=b""):
        connection.sendall(struct.pack(">I", len(payload))[1:] + bytes([type, flags]) + struct.pack(">I", stream) + payload)

    take(24)
    frame(4, 0, 0)
    while True:
        head = take(9)
        payload = take(int.from_bytes(head[:3], "big"))
        kind, flags, stream = head[3], head[4], int.from_bytes(head[5:], "big")
        if kind == 4 and not flags & 1:
            frame(4, 1, 0)
        elif kind == 1:
            note(server=server, protocol="2", bytes=len(payload))
            # Status 200 is entry 8 of HPACK's static table, content-type is entry 31.
            frame(1, 4, stream, b"\x88\x0f\x10" + bytes([len(JSON)]) + JSON.encode())
            frame(0, 1, stream, GOOD)


def listen(handle):
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)

    def loop():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=guarded, args=(connection,), daemon=True).start()

    def guarded(connection):
        try:
            handle(connection)
        except (OSError, EOFError, ValueError):
            pass
        finally:
            try:
                connection.close()
            except OSError:
                pass

    threading.Thread(target=loop, daemon=True).start()
    return listener.getsockname()[1]


def tls(name, certificate, serve, protocol):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, certificate + ".pem"))
    context.set_alpn_protocols([protocol])

    def handle(connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        secured = context.wrap_socket(connection, server_side=True)
        try:
            serve(secured, name)
        finally:
            secured.close()

    return listen(handle)


def proxy(connection):
    request = read_request(connection)
    if request is None:
        return
    method, target, headers, _ = request
    note(server="proxy", method=method, target=target, headers=headers)
    host, _, port = target.rpartition(":")
    if host.startswith("refused"):
        reply(connection, 403, "text/html", b"<html>not from here</html>")
        return
    if host.startswith("who"):
        reply(connection, 407, "text/html", b"<html>who are you?</html>", ["Proxy-Authenticate: Basic realm=x"])
        return
    # Whatever name is asked for, it is on this machine.
    upstream = socket.create_connection(("127.0.0.1", int(port)))
    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")

    def pump(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        for side in (source, target):
            try:
                side.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    threading.Thread(target=pump, args=(upstream, connection), daemon=True).start()
    pump(connection, upstream)


def plain(connection):
    """A server without TLS: whatever comes, it answers in plain HTTP."""
    note(server="plain", target=connection.recv(65536).decode("latin-1"))
    reply(connection, 400, JSON, GOOD)


ports = {
    "main": tls("main", "main", serve_http1, "http/1.1"),
    "other": tls("other", "main", serve_http1, "http/1.1"),
    "expired": tls("expired", "expired", serve_http1, "http/1.1"),
    "selfsigned": tls("selfsigned", "selfsigned", serve_http1, "http/1.1"),
    "http2": tls("http2", "main", serve_http2, "h2"),
    "plain": listen(plain),
    # http, as servers of language models on one's own machine speak it.
    "model": listen(lambda connection: serve_http1(connection, "model")),
    "proxy": listen(proxy),
    # See forge.py.
    "forge": tls("forge", "main", serve_forge, "http/1.1"),
}
print(json.dumps(ports), flush=True)
sys.stdin.buffer.read()
