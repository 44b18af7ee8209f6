"""One driver writes to a folder of tables at a time."""
import json
import os
import socket
import threading
import time
import uuid


class Held(Exception):
    """Another driver writes there."""


class Lock:
    """A file that says who writes, and is written anew as long as that is so.

    Two that get past it, because a file system has no exclusive creation, do work twice and harm nothing: each writes a run of its own.
    """

    #: How often it is written, and from when on whoever has not is taken for dead, in seconds.
    BEAT, PATIENCE = 20.0, 90.0

    def __init__(self, files, clock=time.time):
        self.files, self.clock = files, clock
        self.owner = uuid.uuid4().hex
        self.stopped = threading.Event()
        self.thread = None

    def __enter__(self):
        self.files.make()
        held = self._read()
        if held and self._is_alive(held):
            since = int(self.clock() - held["time"])
            raise Held(
                f"process {held['process']} on {held['host']} writes to {self.files.text()} (it said so {since} s ago); wait for its"
                f" end, or name another folder. If it is dead, this goes on {int(self.PATIENCE)} s after its last word")
        if held:
            self.files.remove("_lock")
        try:
            self._write(replaces=False)
        except Exception as error:  # Py4J's, whatever the file system says: somebody was faster, or it cannot be written.
            raise Held(f"could not lock {self.files.text()}: {str(error).splitlines()[0]}") from None
        held = self._read()
        if not held or held["owner"] != self.owner:
            raise Held(f"another driver has just begun to write to {self.files.text()}")
        self.thread = threading.Thread(target=self._beat, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()
        held = self._read()
        if held and held["owner"] == self.owner:
            self.files.remove("_lock")

    def _is_alive(self, held):
        if self.clock() - held["time"] >= self.PATIENCE:
            return False
        if held["host"] != socket.gethostname():
            return True
        try:
            os.kill(held["process"], 0)
        except ProcessLookupError:
            return False
        except (OSError, TypeError):
            pass
        return True

    def _beat(self):
        while not self.stopped.wait(self.BEAT):
            self._write(replaces=True)

    def _write(self, replaces):
        text = json.dumps({
            "owner": self.owner, "host": socket.gethostname(), "process": os.getpid(), "time": self.clock()})
        self.files.write(text, "_lock", replaces=replaces)

    def _read(self):
        try:
            return json.loads(self.files.read("_lock") or "null")
        except ValueError:
            # It is being written.
            return {"owner": "", "host": "another machine", "process": "?", "time": self.clock()}
