"""One repository, where a task has landed: whether it is as it was, and what `windsock audit` says of it."""
import hashlib
import json
import os
import shutil
import socket
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field

from . import bounded, state


class Unfit(Exception):
    """This worker cannot do the work: no disk, no windsock. Spark tries it on another one."""


class Misuse(Exception):
    """windsock refuses what it was asked: it would do so on every worker, for every repository."""


@dataclass(frozen=True)
class Settings:
    windsock: str = "windsock"
    #: More words for `windsock audit`: --config, --rules, --only, --verify …
    options: tuple[str, ...] = ()
    #: A folder of the worker for what is fetched and written meanwhile; None: the one for temporary files.
    scratch: str | None = None
    bounds: bounded.Bounds = field(default_factory=bounded.Bounds)
    #: How often one that could not be read is tried again, and how long is waited before the first time, in seconds.
    retries: int = 2
    pause: float = 2.0
    #: Bytes that have to be free where it writes.
    least_free: int = 1 << 30
    read_again: bool = False
    #: Whether a worker that cannot do it fails the task; otherwise the repository's row says so.
    raises_unfit: bool = True


def audit(source, known, settings):
    """What is to be said of a source: a row a repository, as `tables.RESULT` has it.

    `known` are the rows of the last time that it was read whole, without findings; none: it never was.
    """
    started = time.time()
    try:
        return _audit(source, known, settings, started)
    except Unfit as reason:
        if settings.raises_unfit:
            raise
        return [failed(source, str(reason), started, 1)]


def _audit(source, known, settings, started):
    reason = refusal(source)
    if reason:
        return [failed(source, reason, started, 1)]
    rules = identity(settings)
    for attempt in range(1, settings.retries + 2):
        try:
            digest = state.state(source)
            if digest:
                digest = hashlib.sha256(f"{digest} {rules}".encode()).hexdigest()
            if known and digest and not settings.read_again and all(row["state"] == digest for row in known):
                return [unchanged(row, started) for row in known]
            rows, reason = _scan(source, digest, settings, started, attempt)
        except state.Unreachable as error:
            rows, reason = None, str(error)
        if rows is not None:
            return rows
        if attempt <= settings.retries:
            time.sleep(settings.pause * 2 ** (attempt - 1))
    return [failed(source, reason, started, settings.retries + 1)]


def refusal(source):
    """Why something is no source of one row; None: it may be one."""
    if state.is_address(source):
        return None
    if not source.startswith("/"):
        return "it is neither an address nor an absolute path: workers have working folders of their own"
    if os.path.isfile(source):
        return "it is a file, and no repository"
    return None


def _environment(folder):
    return state.git_environment() | {
        "XDG_CACHE_HOME": f"{folder}/cache", "XDG_STATE_HOME": f"{folder}/state", "TMPDIR": folder, "NO_COLOR": "1"}


def _words(source, folder, settings):
    return [
        settings.windsock, "audit", "--store", f"{folder}/store", "--mirrors", f"{folder}/mirrors", "--no-wikis",
        "--jobs", "1", "--fetch-timeout", f"{max(1, int(settings.bounds.seconds))}s",
        "--max-mirror-size", str(settings.bounds.disk), "--no-progress", *settings.options, "--min-confidence", "low",
        "--format", "json", "--output", f"{folder}/report", "--", source]


# MARK: What it runs with

_identities = {}


def identity(settings):
    """What tells windsock and its rules from others: of an audit of a repository in which nothing is. Asked once a process."""
    path = shutil.which(settings.windsock)
    if path is None:
        raise Unfit(f"there is no windsock on {socket.gethostname()}: {settings.windsock} is not in PATH or not executable")
    status = os.stat(path)
    key = (path, status.st_size, status.st_mtime_ns, settings.options, tuple(_files(settings.options)))
    if key not in _identities:
        _identities[key] = _ask_identity(settings)
    return _identities[key]


def _files(options):
    """When files were changed that options name: rules, configurations."""
    for option in options:
        path = option.partition("=")[2] or option
        if os.path.exists(path):
            yield os.stat(path).st_mtime_ns


def _ask_identity(settings):
    with _scratch(settings) as folder:
        empty = f"{folder}/empty"
        for name in ("objects", "refs"):
            os.makedirs(f"{empty}/{name}")
        with open(f"{empty}/HEAD", "w", encoding="ascii") as stream:
            stream.write("ref: refs/heads/main\n")
        with open(f"{empty}/config", "w", encoding="ascii") as stream:
            stream.write("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
        ending = bounded.run(_words(empty, folder, settings), settings.bounds, folder, _environment(folder))
        if ending.code == 2:
            raise Misuse(_last_line(ending.errors) or "windsock refuses what it was asked")
        report = _report(f"{folder}/report")
        if report is None:
            raise Unfit(f"windsock does not run on {socket.gethostname()}: {_reason(ending)}")
        return " ".join([
            report["tool"]["version"], report["summary"]["rulesDigest"], hashlib.sha256(
                "\0".join(settings.options).encode()).hexdigest()[:16]])


# MARK: Scanning

class _scratch:
    """A folder for one run, which goes with it."""

    def __init__(self, settings):
        self.settings = settings

    def __enter__(self):
        # A variable in it is the worker's: each may have its own disk.
        place = os.path.expandvars(self.settings.scratch or tempfile.gettempdir())
        host = socket.gethostname()
        try:
            free = shutil.disk_usage(place).free
            if free < self.settings.least_free:
                raise Unfit(f"there is no room on {host}: {free} bytes are free in {place}")
            self._clear(place, f"windsock-{host}-")
            self.folder = tempfile.mkdtemp(prefix=f"windsock-{host}-{os.getpid()}-", dir=place)
        except OSError as error:
            raise Unfit(f"could not write to {place} on {host}: {error.strerror}") from None
        return self.folder

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _clear(place, prefix):
        """Takes away what tasks have left here that were killed."""
        if not os.path.isdir("/proc/self"):
            return
        for name in os.listdir(place):
            process = name[len(prefix):].partition("-")[0]
            if name.startswith(prefix) and process.isdigit() and not os.path.exists(f"/proc/{process}"):
                shutil.rmtree(os.path.join(place, name), ignore_errors=True)


def _scan(source, digest, settings, started, attempt):
    """The rows; or None, and why there are none."""
    with _scratch(settings) as folder:
        ending = bounded.run(_words(source, folder, settings), settings.bounds, folder, _environment(folder))
        if ending.bound:
            return None, ending.bound
        report = _report(f"{folder}/report")
        if report is None or ending.code not in (0, 1, 3, 4):
            if shutil.disk_usage(folder).free < settings.least_free // 2:
                raise Unfit(f"there is no room any more on {socket.gethostname()}")
            return None, f"windsock ended: {_reason(ending)}"
        repositories = _repositories(f"{folder}/store")
        reports = {repositories[0]["key"]: report} if len(repositories) == 1 else {
            repository["key"]: _report_of(repository["key"], folder, settings) for repository in repositories}
        rows = []
        for repository in repositories:
            report = reports[repository["key"]]
            if report is None:
                return None, "windsock's report of it could not be read"
            rows.append(_row(source, repository, report, digest, started, attempt))
        failure = next((row for row in rows if row["status"] == "failed"), None)
        if failure and attempt <= settings.retries:
            return None, failure["problems"][0]["message"] if failure["problems"] else "nothing of it could be read"
        return rows, None


def _reason(ending):
    if ending.bound:
        return ending.bound
    said = _last_line(ending.errors)
    how = f"signal {-ending.code}" if ending.code < 0 else f"exit code {ending.code}"
    return f"{how}: {said}" if said else how


def _last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return state.without_login(lines[-1])[:500] if lines else ""


def _report(path):
    try:
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)
    except (OSError, ValueError):
        return None


def _report_of(key, folder, settings):
    path = f"{folder}/report-of-one"
    words = [
        settings.windsock, "report", "--store", f"{folder}/store", "--repository", key, "--min-confidence", "low",
        "--format", "json", "--output", path]
    bounded.run(words, settings.bounds, folder, _environment(folder))
    return _report(path)


def _repositories(store):
    """What the store knows of the repositories in it; its tables are documented in Documentation/audit.md."""
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(
            "SELECT key, name, location, state IS NOT NULL AS settled FROM repositories"
            " JOIN sources ON sources.repository = repositories.id ORDER BY key")]
    finally:
        database.close()


# MARK: Rows

def _row(source, repository, report, digest, started, attempt):
    summary, findings = report["summary"], report.pop("findings")
    # It was this task's own store.
    summary["target"] = repository["location"]
    complete = summary["complete"]
    is_read = complete or summary["blobs"] or summary["commits"]
    own = report.get("repository") or {}
    return {
        "source": state.without_login(source), "repository": repository["key"], "name": repository["name"],
        "address": own.get("address"), "commit": own.get("commit"), "branch": own.get("branch"),
        "status": "scanned" if complete else "incomplete" if is_read else "failed",
        # What could not be read may be readable tomorrow, unless windsock says that it would be the same.
        "state": digest if repository["settled"] else None,
        "rules_digest": summary["rulesDigest"], "version": report["tool"]["version"], "complete": complete,
        "attempts": attempt, "worker": socket.gethostname(), "started": started, "seconds": time.time() - started,
        "blobs": summary["blobs"], "bytes": summary["bytes"], "commits": summary["commits"], "secrets": len(findings),
        "problems": [
            {"subject": problem["subject"], "message": problem["message"], "advice": problem.get("advice")}
            for problem in summary["problems"]],
        "omitted": summary["omitted"], "report": _json(report), "findings_batch": None, "findings_run": None,
        "findings": [_finding(finding, repository, summary["start"]) for finding in findings] if is_read else [],
    }


def failed(source, reason, started, attempts):
    shown = state.without_login(source)
    return {
        "source": shown, "repository": None, "name": None, "address": None, "commit": None, "branch": None,
        "status": "failed", "state": None, "rules_digest": None, "version": None, "complete": False,
        "attempts": attempts, "worker": socket.gethostname(), "started": started, "seconds": time.time() - started,
        "blobs": 0, "bytes": 0, "commits": 0, "secrets": 0,
        "problems": [{"subject": shown, "message": reason, "advice": None}], "omitted": {}, "report": None,
        "findings_batch": None, "findings_run": None, "findings": [],
    }


def unchanged(known, started):
    """As it was: its findings are those of then."""
    return known | {
        "status": "unchanged", "attempts": 1, "worker": socket.gethostname(), "started": started,
        "seconds": time.time() - started, "findings": []}


def _finding(finding, repository, seen):
    histories = [place["history"] for place in finding["occurrences"] if place.get("history")]
    timeline = finding.get("timeline") or {}
    verification = finding.get("verification") or {}
    brought = [history["introduced"] for history in histories if history.get("introduced")]
    return {
        "repository": repository["key"], "name": repository["name"], "fingerprint": finding["fingerprint"],
        "rule": finding["rule"], "provider": finding.get("provider") or None, "severity": finding["severity"],
        "confidence": finding["confidence"], "redacted": finding["redacted"], "seen": seen,
        "live": verification.get("verdict") in ("live", "restricted"), "liveness": verification.get("verdict"), "asked": verification.get("time"), "asked_host": verification.get("host"),
        "introduced": (timeline.get("introduced") or {}).get("authorTime"),
        "removed": (timeline.get("removed") or {}).get("authorTime"),
        "in_head": any(history["inHead"] for history in histories) if histories else True,
        "exposed_days": timeline.get("exposedDays"),
        "authors": sorted({commit["authorEmail"] for commit in brought}),
        "remarks": finding.get("remarks") or [], "places": len(finding["occurrences"]),
        "occurrences": [_place(place) for place in finding["occurrences"]], "finding": _json(finding),
    }


def _place(place):
    history = place.get("history") or {}
    introduced = history.get("introduced") or {}
    return {
        "path": place["path"], "line": place["startLine"], "column": place["startColumn"], "object": place.get("object"),
        "snippet": place.get("snippet"), "in_head": history.get("inHead"), "commit": introduced.get("commit"),
        "author": introduced.get("authorEmail"), "time": introduced.get("authorTime")}


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
