"""A forge for tests, on a server of provider.py: it answers what a test has written down, and lets git fetch.

The name of an organisation says where: "o" and a folder's path in hex. In that folder, answers.json has for each path and query a list
of answers, of which the last one stays: {"status", "type", "headers", "body"}; {{base}} and {{org}} stand for the address of the server
and the organisation in all of them. /ORGANISATION/NAME.git is the repository NAME of the folder's "repositories".
"""
import json, os, re, subprocess
from urllib.parse import urlsplit

seen = {}
folders = {}


def folder_of(target, headers):
    """Paths that name no organisation are of the one that the same token has asked for."""
    match = re.search(r"/(o(?:[0-9a-f]{2})+)(?=[/?%]|$)", target)
    key = headers.get("authorization", "")
    if match:
        folders[key] = match.group(1)
    if key in folders:
        return folders[key]
    # An application's token is another one each second: then it is who has an answer to that.
    for organisation in set(folders.values()):
        path = os.path.join(bytes.fromhex(organisation[1:]).decode(), "answers.json")
        if os.path.exists(path) and target in open(path).read():
            return organisation
    return None


def git(connection, reply, organisation, method, path, query, headers, body):
    """git's own server, by CGI."""
    root = os.path.join(bytes.fromhex(organisation[1:]).decode(), "repositories")
    _, _, name, *rest = path.split("/")
    if not os.path.isdir(os.path.join(root, name)):
        name = name.removesuffix(".git") + "/.git"
    variables = {"GIT_PROJECT_ROOT": root, "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": "/" + "/".join([name, *rest]),
                 "REQUEST_METHOD": method, "QUERY_STRING": query, "CONTENT_TYPE": headers.get("content-type", ""),
                 "HTTP_CONTENT_ENCODING": headers.get("content-encoding", ""), "CONTENT_LENGTH": str(len(body)),
                 "HTTP_GIT_PROTOCOL": headers.get("git-protocol", ""), "PATH": os.environ["PATH"], "REMOTE_ADDR": "127.0.0.1"}
    output = subprocess.run(["git", "http-backend"], input=body, env=variables, capture_output=True).stdout
    head, _, content = output.partition(b"\r\n\r\n")
    status, kind, extra = 200, "", []
    for line in head.decode().split("\r\n"):
        field, _, value = line.partition(": ")
        if field.lower() == "status":
            status = int(value.split()[0])
        elif field.lower() == "content-type":
            kind = value
        elif field:
            extra.append(line)
    reply(connection, status, kind, content, extra)


def answer(connection, reply, port, method, target, headers, body):
    parts = urlsplit(target)
    organisation = folder_of(target, headers)
    if not organisation:
        return reply(connection, 404, "application/json", b'{"message":"Not Found"}')
    if re.match(r"/o[0-9a-f]+/[^/]+\.git/", parts.path):
        return git(connection, reply, organisation, method, parts.path, parts.query, headers, body)
    with open(os.path.join(bytes.fromhex(organisation[1:]).decode(), "answers.json")) as file:
        text = file.read().replace("{{base}}", "https://127.0.0.1:%d" % port).replace("{{org}}", organisation)
    answers = json.loads(text).get(target)
    if not answers:
        return reply(connection, 404, "application/json", b'{"message":"Not Found"}')
    number = seen.get((organisation, target), 0)
    seen[(organisation, target)] = number + 1
    found = answers[min(number, len(answers) - 1)]
    content = found.get("body", "")
    content = bytes.fromhex(found["hex"]) if "hex" in found else (content if isinstance(content, str) else json.dumps(content)).encode()
    if found.get("cut"):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n" + content)
        raise OSError("cut")
    reply(connection, found.get("status", 200), found.get("type", "application/json; charset=utf-8"), content,
          ["%s: %s" % pair for pair in found.get("headers", {}).items()])
