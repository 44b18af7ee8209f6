"""seeds.py FOLDER: a text of each kind; its first byte says of which."""
import base64, gzip, json, pathlib, sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
RULES = '''title = "x"
[extend]
useDefault = true
disabledRules = ["a"]
[[rules]]
id = "a-token"
description = "d"
severity = "high"
confidence = "medium"
regex = \'\'\'(?x) \\b a_ ([A-Za-z0-9]{20,30}) \\b\'\'\'
keywords = ["a_"]
entropy = 3.5
tags = ["b"]
allowlists = [{ paths = ["x/.*"], regexes = ["abc"], stopwords = ["d"] }]
[rules.verify]
url = "https://api.example.com/v1"
headers = { Authorization = "Bearer {{secret}}" }
answers = [{ status = [200], has = ["data"], verdict = "live", reason = "r" }]
[[rules]]
id = "b"
token = { of = "A-Za-z0-9", length = 32, has = ["upper", "digit"], prefix = "b_" }
near = ["b"]
[allowlist]
paths = ["vendor/"]
'''
REPORT = json.dumps({
    "schema": "windsock/1", "tool": {"name": "windsock", "version": "0.1.0"}, "secretsShown": False, "repository": {},
    "summary": {"mode": "tree", "target": ".", "complete": False, "findings": 1, "files": 4, "bytes": 9, "omitted": {"binary": 1}, "suppressed": {"inline": 1},
                "start": "2026-12-01T18:06:15Z", "durationSeconds": 0.7, "problems": [{"subject": "a", "message": "b", "advice": "c"}]},
    "findings": [{"rule": "a-key", "description": "d\u202e<b>", "provider": "P", "tags": ["ai"], "severity": "high", "confidence": "high",
                  "fingerprint": "v1:" + "0" * 32, "redacted": "NqVw\u2026IgKp", "remediation": ["x"], "references": ["https://a.example"],
                  "occurrences": [{"path": "a.db!t/row 1/v", "container": "a.db", "members": ["t/row 1/v"], "origin": "file", "startLine": 1, "startColumn": 15, "endLine": 1,
                                   "endColumn": 47, "confidence": "high", "lineHash": "72525be54d16040c:1", "snippet": "\"v\": \"NqVw\u2026IgKp\",", "decoders": ["sqlite"]}]}]})
SECRET = b"key = fuzz_Ab3dEf9hIj\n"
SEEDS = {
    "windsock": b"\0" + RULES.encode(), "gitleaks": b"\1" + RULES.encode(),
    "plain": b"\2a" + SECRET, "base64": b"\2" + base64.b64encode(SECRET * 9), "wrapped": b"\2b" + base64.encodebytes(SECRET * 9), "hex": b"\2" + (SECRET * 3).hex().encode(),
    "gzip": b"\2" + gzip.compress(SECRET), "gzip64": b"\2x=" + base64.b64encode(gzip.compress(SECRET * 4)), "percent": b"\2key%3D%20fuzz_%41b3dEf9hIj%0A", "escapes": b"\2\"k\\u0065y = fuzz_\\x41b3dEf9hIj\"",
    "references": b"\2key=&#102;uzz_Ab3dEf9hIj&quot;", "printable": b"\2key =3D fuzz_Ab3d=\nEf9hIj", "wide": b"\2" + SECRET.decode().encode("utf-16"), "joined": b"\2key = \"fuzz_\" + \"Ab3dEf9hIj\"\n",
    "comment": b"\2" + SECRET[:-1] + b" # windsock:allow made up until 2030-01-01\n", "report": b"\3" + REPORT.encode(),
    "live": b"\4\0\0{\"object\": \"list\", \"data\": []}", "dead": b"\4\1\3{\"error\": {\"message\": \"\\u00e4\"}}", "page": b"\4\0\1<html>",
}
for name, content in SEEDS.items():
    (folder / name).write_bytes(content)
