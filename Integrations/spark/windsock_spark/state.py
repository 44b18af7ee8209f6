"""What tells a repository as it is from what it was: its references, and for one on a disk its objects, too."""
import hashlib
import os
import re
import subprocess

#: As windsock knows addresses: a scheme, or the short form of ssh.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|[^/:@\s]+@[^/:\s]+:", re.I)

#: Variables by which git would work on another repository.
_PLACES = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_ALLOW_PROTOCOL")

_SETTINGS = (
    "http.followRedirects=false", "http.lowSpeedLimit=1", "http.lowSpeedTime=60", "protocol.allow=never",
    "protocol.https.allow=always", "protocol.ssh.allow=always", "protocol.file.allow=always", "core.hooksPath=/dev/null")


class Unreachable(Exception):
    """What could not be asked, and why; in git's words, without who logs in."""


def is_address(source):
    return _ADDRESS.match(source) is not None


def without_login(text):
    """Takes names and tokens out of addresses."""
    return re.sub(r"([a-z][a-z0-9+.-]*://)[^/@\s]*@", r"\1", re.sub(r"\?[^\s'\"]*", "", text), flags=re.I)


def git_environment():
    """Git logs in with what it has, and asks nobody."""
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES}
    return environment | {
        "GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C.UTF-8"}


def state(source, seconds=120.0):
    """A digest of what there is; None where only a scan can tell."""
    return _of_address(source, seconds) if is_address(source) else _of_folder(source)


def _of_address(source, seconds):
    if "?" in source:
        # A key may stand there, and windsock refuses it, too: its words are better.
        return None
    words = ["git"] + [word for setting in _SETTINGS for word in ("-c", setting)] + ["ls-remote", "--symref", "--", source]
    try:
        outcome = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, env=git_environment(), check=False,
            start_new_session=True)
    except subprocess.TimeoutExpired:
        raise Unreachable(f"could not ask for its references: nobody answered in {seconds:g} s") from None
    if outcome.returncode != 0:
        lines = outcome.stderr.decode("utf-8", "replace").replace(source, without_login(source)).splitlines()
        said = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[-1] if lines else "")
        raise Unreachable(f"could not ask for its references: git says: {without_login(said)}")
    return hashlib.sha256(outcome.stdout).hexdigest()


def _of_folder(source):
    git = _git_directory(source)
    if git is None:
        return None
    digest = hashlib.sha256()
    # What it silences is reported with its words.
    _add_file(digest, os.path.join(source, ".windsock-baseline"))
    for place, folders, names in os.walk(git):
        folders.sort()
        inside = os.path.relpath(place, git)
        if inside == ".":
            # What windsock has noted there itself.
            folders[:] = [name for name in folders if name not in ("windsock", "hooks")]
        if inside == "objects":
            digest.update(b"\0".join(os.fsencode(name) for name in folders))
        for name in sorted(names):
            path = os.path.join(place, name)
            digest.update(os.fsencode(os.path.relpath(path, git)) + b"\0")
            # Objects are named for what is in them, and are many. What git keeps for speed says nothing.
            if inside.startswith("objects") and name != "alternates" or name in ("index", "FETCH_HEAD"):
                continue
            _add_file(digest, path)
    return digest.hexdigest()


def _git_directory(source):
    """Where the references of a folder are that is a repository; None: it is none, or one of which a part lies elsewhere."""
    inner = os.path.join(source, ".git")
    for folder in (inner, source):
        if os.path.isfile(os.path.join(folder, "HEAD")) and os.path.isdir(os.path.join(folder, "objects")):
            return folder
    return None


def _add_file(digest, path):
    try:
        with open(path, "rb") as stream:
            digest.update(hashlib.sha256(stream.read()).digest())
    except OSError:
        digest.update(b"-")
