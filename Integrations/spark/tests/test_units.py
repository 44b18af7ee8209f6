"""What needs no Spark: python3 -m unittest discover -s Integrations/spark/tests. WINDSOCK is the program; without it what needs it is left out."""
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from windsock_spark import bounded, lock, reports, repository, sources, state  # noqa: E402

WINDSOCK = os.environ.get("WINDSOCK")


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="windsock-spark-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def program(self, text, name="program"):
        with open(self.path(name), "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(self.path(name), stat.S_IRWXU)
        return self.path(name)

    def git(self, *words):
        return subprocess.run(
            ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-C", self.path("repository"), *words], check=True,
            capture_output=True, env=os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"})

    def repository(self, **files):
        os.makedirs(self.path("repository"), exist_ok=True)
        self.git("init", "-q")
        self.commit(**files)
        return self.path("repository")

    def commit(self, **files):
        for name, text in files.items():
            with open(self.path("repository", name), "w", encoding="utf-8") as stream:
                stream.write(text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a commit")


class Bounds(Folder):
    def run_bounded(self, text, **bounds):
        os.makedirs(self.path("work"), exist_ok=True)
        started = time.monotonic()
        ending = bounded.run([self.program(text)], bounded.Bounds(**bounds), self.path("work"), dict(os.environ))
        return ending, time.monotonic() - started

    def test_what_ends_is_told(self):
        ending, _ = self.run_bounded("#!/bin/sh\necho wrong >&2; exit 3\n")
        self.assertEqual((ending.code, ending.bound, ending.errors), (3, None, "wrong\n"))

    def test_what_takes_too_long_is_ended_with_all_it_has_started(self):
        ending, seconds = self.run_bounded("#!/bin/sh\nsleep 77 & echo $! >child; wait\n", seconds=0.5)
        self.assertIn("longer", ending.bound)
        self.assertLess(seconds, 10)
        with open(self.path("work", "child"), encoding="ascii") as stream:
            child = int(stream.read())
        for _ in range(100):
            try:
                os.kill(child, 0)
            except ProcessLookupError:
                break
            # An orphan waits for whoever takes orphans.
            if pathlib.Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
                break
            time.sleep(0.05)
        else:
            self.fail("it is still there")

    def test_disk(self):
        # Many small files: a bound of each alone would not do.
        ending, _ = self.run_bounded(
            "#!/bin/sh\ni=0; while :; do head -c 1000000 /dev/zero >f$i; i=$((i+1)); sleep 0.01; done\n", disk=20_000_000, seconds=60)
        self.assertIn("disk", ending.bound)
        ending, _ = self.run_bounded("#!/bin/sh\nexec head -c 3000000 /dev/zero >one\n", disk=1_000_000, seconds=60)
        self.assertNotEqual(ending.code, 0)

    def test_memory(self):
        ending, _ = self.run_bounded(f"#!{sys.executable}\nb = bytearray(600 << 20)\n", memory=300 << 20, seconds=60)
        self.assertNotEqual(ending.code, 0)
        self.assertIn("MemoryError", ending.errors)


class States(Folder):
    def test_whatever_changes_tells(self):
        source = self.repository(a="1")
        seen = [state.state(source)]
        self.assertEqual(state.state(source), seen[0])
        for change in (
            lambda: self.commit(b="2"), lambda: self.git("branch", "other"), lambda: self.git("tag", "v1"),
            lambda: self.git("checkout", "-q", "other"), lambda: self.git("pack-refs", "--all"),
            lambda: self.git("gc", "-q"), lambda: self.git("update-ref", "-d", "refs/tags/v1"),
            lambda: self.program("", "repository/.windsock-baseline"),
        ):
            change()
            seen.append(state.state(source))
        self.assertEqual(len(set(seen)), len(seen))

    def test_what_windsock_notes_there_and_what_is_not_committed_say_nothing(self):
        source = self.repository(a="1")
        before = state.state(source)
        os.makedirs(self.path("repository", ".git", "windsock"))
        self.program("x", "repository/.git/windsock/scanned")
        self.program("x", "repository/a")
        self.assertEqual(state.state(source), before)

    def test_addresses(self):
        source = self.repository(a="1")
        before = state.state("file://" + source)
        self.commit(a="2")
        self.assertNotEqual(state.state("file://" + source), before)

    def test_what_cannot_be_asked_says_why_and_no_token(self):
        with self.assertRaises(state.Unreachable) as caught:
            state.state("https://user:hunter2hunter2@127.0.0.1:9/acme/shop.git", seconds=20)
        self.assertNotIn("hunter2", str(caught.exception))
        self.assertIn("could not ask", str(caught.exception))

    def test_no_program_is_run_for_an_address(self):
        for source in ("ext::touch% /tmp/never", "--upload-pack=touch /tmp/never"):
            self.assertFalse(state.is_address(source), source)
            self.assertIsNotNone(repository.refusal(source))

    def test_what_is_no_repository_has_none(self):
        self.assertIsNone(state.state(self.folder))

    def test_logins_are_left_out(self):
        self.assertEqual(state.without_login("https://u:p@host/a?private_token=x"), "https://host/a")
        self.assertEqual(state.without_login("git@host:acme/shop"), "git@host:acme/shop")


class Tasks(Folder):
    def settings(self, text, **more):
        more = {"retries": 1, "pause": 0.01, "least_free": 0, "scratch": self.folder} | more
        return repository.Settings(windsock=self.program(text, "windsock"), **more)

    # Answers what is asked of it first: which rules it has.
    PROBE = """#!/bin/sh
for last; do :; done
for word; do if [ "$before" = --output ]; then output=$word; fi; before=$word; done
case $last in */empty) echo '{"tool":{"version":"1"},"summary":{"rulesDigest":"00"}}' >"$output"; exit 0;; esac
"""

    def test_one_that_fails_is_tried_again_and_told(self):
        rows = repository.audit(self.folder, [], self.settings(
            self.PROBE + f'echo x >>{self.path("tries")}\necho "no luck" >&2; exit 9\n'))
        self.assertEqual([(row["status"], row["attempts"]) for row in rows], [("failed", 2)])
        self.assertIn("no luck", rows[0]["problems"][0]["message"])
        with open(self.path("tries"), encoding="ascii") as stream:
            self.assertEqual(len(stream.readlines()), 2)
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith("windsock-")], "nothing is left behind")

    def test_wrong_usage_ends_all(self):
        with self.assertRaises(repository.Misuse) as caught:
            repository.audit(self.folder, [], self.settings("#!/bin/sh\necho 'there is no --bad' >&2; exit 2\n"))
        self.assertIn("--bad", str(caught.exception))

    def test_a_worker_that_cannot(self):
        for settings in (
            self.settings(self.PROBE, least_free=1 << 60), self.settings(self.PROBE, scratch=self.path("nowhere")),
            repository.Settings(windsock=self.path("no-program")), self.settings("#!/bin/sh\nexit 127\n"),
        ):
            with self.assertRaises(repository.Unfit):
                repository.audit(self.folder, [], settings)
        rows = repository.audit(self.folder, [], self.settings(self.PROBE, least_free=1 << 60, raises_unfit=False))
        self.assertIn("no room", rows[0]["problems"][0]["message"])

    def test_scratch_may_name_a_variable_of_the_worker(self):
        os.environ["WINDSOCK_TEST_SCRATCH"] = self.path("nowhere")
        self.addCleanup(os.environ.pop, "WINDSOCK_TEST_SCRATCH")
        with self.assertRaises(repository.Unfit):
            repository.audit(self.folder, [], self.settings(self.PROBE, scratch="$WINDSOCK_TEST_SCRATCH"))

    def test_what_is_no_source(self):
        for source in ("relative/path", "", self.program("list", "list"), "-"):
            rows = repository.audit(source, [], repository.Settings(windsock="/nonexistent"))
            self.assertEqual(rows[0]["status"], "failed")


@unittest.skipUnless(WINDSOCK, "WINDSOCK names no program")
class RealTasks(Folder):
    KEY = "MISTRAL_API_KEY = \"%s\"\n" % __import__("base64").b64encode(os.urandom(48)).decode().translate(
        {ord("+"): "x", ord("/"): "Y"})[:32]

    def audit(self, source, known=(), **more):
        return repository.audit(source, list(known), repository.Settings(
            windsock=WINDSOCK, scratch=self.folder, least_free=0, retries=0, **more))

    def test_found_then_passed_over_then_found(self):
        source = self.repository(**{"config.py": self.KEY})
        first = self.audit(source)
        self.assertEqual([(row["status"], row["secrets"]) for row in first], [("scanned", 1)])
        finding = first[0]["findings"][0]
        self.assertEqual(
            (finding["rule"], finding["in_head"], finding["occurrences"][0]["path"]), ("mistral-api-key", True, "config.py"))
        self.assertNotIn(self.KEY[19:51], json.dumps(first))
        again = self.audit(source, first)
        self.assertEqual([row["status"] for row in again], ["unchanged"])
        self.assertEqual(self.audit(source, first, read_again=True)[0]["status"], "scanned")
        self.assertEqual(self.audit(source, first, options=("--only", "mistral-*"))[0]["status"], "scanned")
        self.commit(b="2")
        self.assertEqual(self.audit(source, first)[0]["status"], "scanned")
        fetched = self.audit("file://" + source)
        self.assertEqual([finding["fingerprint"] for finding in fetched[0]["findings"]], [finding["fingerprint"]])

    def test_what_is_not_there(self):
        for source in (self.path("nothing"), f"file://{self.path('nothing')}"):
            rows = self.audit(source)
            self.assertEqual([row["status"] for row in rows], ["failed"], source)
            self.assertTrue(rows[0]["problems"][0]["message"])

    def test_wrong_options(self):
        with self.assertRaises(repository.Misuse):
            self.audit(self.repository(a="1"), options=("--no-such-option",))


class Sources(unittest.TestCase):
    def test_large_ones_first_each_once(self):
        rows = [("/a", 5), ("https://h/x", None), ("/b/", 50), ("/b", None), ("/c", 7), ("/a", 3)]
        self.assertEqual(sources.ordered(rows)[1:], ["/b", "/c", "/a"])
        self.assertEqual(sources.ordered(rows)[0], "https://h/x")

    def test_numbers(self):
        self.assertEqual([sources.number(value) for value in ("12", 3.7, "x", None, "-5", "inf")], [12, 3, None, None, 0, None])

    def test_decisions(self):
        text = "# comment\n\nv1:00 accepted on=17 by=ada until=2027-01-31 it is so\nv1:01 open on=18 by=bob\n"
        self.assertEqual(sources.decisions(text), [
            ("v1:00", "accepted", "ada", "it is so", "2027-01-31"), ("v1:01", "open", "bob", "", None)])


class Locks(unittest.TestCase):
    class Files:
        def __init__(self):
            self.content = {}

        def make(self, *_):
            pass

        def text(self):
            return "there"

        def read(self, name):
            return self.content.get(name)

        def remove(self, name):
            self.content.pop(name, None)

        def write(self, text, name, replaces=False):
            if name in self.content and not replaces:
                raise OSError("it is there")
            self.content[name] = text

    def test_one_at_a_time(self):
        files = self.Files()
        with lock.Lock(files):
            with self.assertRaises(lock.Held) as caught:
                lock.Lock(files).__enter__()
            self.assertIn(str(os.getpid()), str(caught.exception))
        with lock.Lock(files):
            pass
        self.assertEqual(files.content, {})

    def test_the_dead_hold_nothing(self):
        for held in (
            {"owner": "x", "host": "elsewhere", "process": 1, "time": time.time() - 1000},
            {"owner": "x", "host": __import__("socket").gethostname(), "process": 2 ** 22 + 5, "time": time.time()},
        ):
            files = self.Files()
            files.content["_lock"] = json.dumps(held)
            with lock.Lock(files):
                pass

    def test_somebody_on_another_machine_lives(self):
        files = self.Files()
        files.content["_lock"] = json.dumps({"owner": "x", "host": "elsewhere", "process": 1, "time": time.time() - 30})
        with self.assertRaises(lock.Held):
            lock.Lock(files).__enter__()


class Reports(unittest.TestCase):
    def test_names(self):
        rows = [{"repository": key, "name": name} for key, name in (("/a/x", "x"), ("/b/x", "x"), ("/c", "c"))]
        self.assertEqual(reports.name_of(rows), {"/a/x": "/a/x", "/b/x": "/b/x", "/c": "c"})

    def test_paths_begin_with_the_repository(self):
        report = {"summary": {"problems": [{"subject": "x.zip", "message": "m"}]}, "repository": {"address": "https://h/a/b"}}
        finding = {"fingerprint": "v1:0", "confidence": "high", "occurrences": [{"path": "f"}], "remarks": ["r"]}
        low = finding | {"confidence": "low"}
        reports.of_one(report, [finding, low], [0, 0], "https://h/a/b", "a/b", True, False)
        self.assertEqual(report["findings"][0]["occurrences"][0]["path"], "a/b/f")
        self.assertEqual(len(report["findings"]), 1)
        self.assertEqual((report["summary"]["problems"][0]["subject"], report["repository"]), ("a/b: x.zip", {}))
        self.assertEqual(report["findings"][0]["firstSeen"], "1970-01-01T00:00:00Z")


if __name__ == "__main__":
    unittest.main()
