"""What stands beside the packages: what is in them, their digests, the formula of Homebrew."""
import hashlib
import json
import pathlib
import re
import subprocess
import time
import uuid

from . import facts


def versions(libraries):
    """The version of all that is linked, by name."""
    known = dict(line.split(" ", 1) for line in (libraries / "versions").read_text().splitlines())
    swift = subprocess.run(["swift", "--version"], check=True, capture_output=True, text=True).stdout
    known["swift"] = re.search(r"Swift version (\S+)", swift).group(1)
    resolved = json.loads((facts.ROOT / "Package.resolved").read_text())
    for pin in resolved["pins"]:
        known[pin["identity"]] = pin["state"]["version"]
    missing = sorted(set(facts.LINKED) - set(known))
    if missing:
        raise SystemExit(f"packages: no version is known of {', '.join(missing)}")
    return known


def bill_of_materials(libraries, packages):
    """CycloneDX 1.6."""
    known = versions(libraries)
    components = []
    for name, (licence, page) in sorted(facts.LINKED.items()):
        components.append({
            "type": "library", "bom-ref": name, "name": name, "version": known[name],
            "licenses": [{"expression": licence}] if "Swift-exception" not in licence
            else [{"license": {"name": "Apache-2.0 with the Swift runtime library exception"}}],
            "purl": f"pkg:generic/{name.replace('+', '%2B')}@{known[name].replace('+', '%2B').replace(':', '%3A')}",
            "externalReferences": [{"type": "website", "url": page}]})
    subject = {
        "type": "application", "bom-ref": facts.NAME, "name": facts.NAME, "version": facts.VERSION,
        "licenses": [{"license": {"id": facts.LICENCE}}], "purl": f"pkg:github/windsock-scanner/windsock@v{facts.VERSION}",
        "components": [
            {"type": "file", "bom-ref": name, "name": name,
             "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]} for name, data in sorted(packages.items())]}
    content = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(facts.timestamp())), "component": subject},
        "components": components,
        "dependencies": [{"ref": facts.NAME, "dependsOn": sorted(facts.LINKED)}, *[{"ref": name} for name in sorted(facts.LINKED)]]}
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    content["serialNumber"] = f"urn:uuid:{serial}"
    return f"{facts.NAME}-{facts.VERSION}.cdx.json", json.dumps(content, indent=2, sort_keys=True).encode() + b"\n"


def sums(packages):
    """As `sha256sum --check` reads them."""
    return "SHA256SUMS", "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(packages.items())).encode()


def formula(source_digest=None):
    """Homebrew builds from source. The digest of a tag's archive is known once there is the tag."""
    template = (pathlib.Path(__file__).parent.parent / "windsock.rb").read_text()
    text = template.replace("@VERSION@", facts.VERSION).replace("@SHA256@", source_digest or "0" * 64)
    return "windsock.rb", text.encode()
