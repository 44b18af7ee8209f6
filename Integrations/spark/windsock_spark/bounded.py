"""Runs a program within bounds of time, memory and disk, and leaves nothing of it behind."""
import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """What one task may use."""

    #: Seconds from its start to its end.
    seconds: float = 3600
    #: Bytes of memory of its own. Files that are mapped into memory do not count: packs are larger than that.
    memory: int = 2 << 30
    #: Bytes in its folder.
    disk: int = 20 << 30


@dataclass(frozen=True)
class Ending:
    #: The exit code; negative: the signal that ended it.
    code: int
    #: Which bound was hit, in words; None: none.
    bound: str | None
    #: The last of what it wrote to standard error.
    errors: str


#: Loaded here: a process that has just been made must not load anything.
_LIBRARY = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_PARENT_DEATH_SIGNAL = 1

#: How often is looked whether it has ended, in seconds, and how often how much disk it takes.
POLL, DISK_POLL = 0.05, 1.0


def size_of(folder):
    """How many bytes the files below a folder take; files that vanish meanwhile are none."""
    total = 0
    for place, _, names in os.walk(folder, onerror=None):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_blocks * 512
            except OSError:
                continue
    return total


def run(words, bounds, folder, environment):
    """Runs a program whose working folder is `folder`, in which all that it writes is; it has no input and no terminal."""
    errors = os.path.join(folder, "errors")

    def limit():
        # A child of a child has them, too: git, as well.
        for kind, most in ((resource.RLIMIT_DATA, bounds.memory), (resource.RLIMIT_FSIZE, bounds.disk), (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))
        if _LIBRARY:
            # Whoever kills this process ends that one, too.
            _LIBRARY.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)

    with open(errors, "wb") as stream:
        child = subprocess.Popen(
            words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stream,
            start_new_session=True, preexec_fn=limit)
    bound = None
    try:
        bound = _wait(child, bounds, folder)
    finally:
        # Whatever it has started goes with it, also where this task is cancelled.
        _kill(child)
    with open(errors, "rb") as stream:
        stream.seek(max(0, os.fstat(stream.fileno()).st_size - 4000))
        text = stream.read().decode("utf-8", "replace")
    return Ending(child.returncode, bound, text)


def _wait(child, bounds, folder):
    started = looked = time.monotonic()
    pause = 0.005
    while child.poll() is None:
        now = time.monotonic()
        if now - started > bounds.seconds:
            return f"it took longer than {bounds.seconds:g} s"
        if now - looked > DISK_POLL:
            looked = now
            if size_of(folder) > bounds.disk:
                return f"it took more than {bounds.disk} bytes of disk"
        time.sleep(pause)
        pause = min(POLL, pause * 1.5)
    return None


def _kill(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()
