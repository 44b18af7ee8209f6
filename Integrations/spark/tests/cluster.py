"""An audit on a real cluster on the loopback address: cluster.py WINDSOCK [STORY…]. Prints what was measured; exit code 1 if something does not hold."""
import collections
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import pyspark

import made_up

HERE = pathlib.Path(__file__).resolve().parent.parent
SPARK = pathlib.Path(pyspark.__file__).parent
WINDSOCK = sys.argv[1]
#: Which of the stories; none: all.
PARTS = sys.argv[2:]
COUNT = 40
failures = []


def check(holds, what):
    print(("holds: " if holds else "FAILED: ") + what, flush=True)
    if not holds:
        failures.append(what)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A master and two workers, each in a session of its own, so that one is ended with its executors."""

    def __init__(self, folder):
        self.folder, self.port, self.processes = folder, free_port(), {}
        self.environment = os.environ | {
            "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(SPARK), "PYSPARK_PYTHON": sys.executable,
            "SPARK_WORKER_DIR": f"{folder}/work", "XDG_CACHE_HOME": f"{folder}/cache"}
        self.address = f"spark://127.0.0.1:{self.port}"
        self.start("master", "master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0")
        self.wait_for("master", "I have been elected leader")
        for name in ("first", "second"):
            self.start_worker(name)

    def start_worker(self, name, **more):
        self.start(
            name, "worker.Worker", "--host", "127.0.0.1", "-c", "1", "-m", "1g", "-d", f"{self.folder}/{name}", "--webui-port", "0",
            self.address, **more)
        self.wait_for(name, "Successfully registered")

    def start(self, name, program, *words, **more):
        log = open(f"{self.folder}/{name}.log", "w", encoding="utf-8")
        self.processes[name] = subprocess.Popen(
            [SPARK / "bin" / "spark-class", f"org.apache.spark.deploy.{program}", *words], stdout=log, stderr=log,
            env=self.environment | more, start_new_session=True)

    def wait_for(self, name, text):
        for _ in range(1200):
            if text in pathlib.Path(f"{self.folder}/{name}.log").read_text(encoding="utf-8", errors="replace"):
                return
            time.sleep(0.1)
        sys.exit(f"{name} did not start: {self.folder}/{name}.log")

    def kill(self, name):
        process = self.processes.pop(name)
        # An executor has a session of its own on some systems: its parent says whose it is.
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False).stdout.split()
        os.killpg(process.pid, signal.SIGKILL)
        for child in children:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                pass
        process.wait()

    def stop(self):
        for name in list(self.processes):
            self.kill(name)

    def submit(self, program, *words, background=False, **more):
        command = [
            SPARK / "bin" / "spark-submit", "--master", self.address, "--conf", "spark.executor.memory=600m", "--conf",
            "spark.driver.memory=700m", "--conf", "spark.ui.enabled=false", HERE / program, *words]
        log = open(f"{self.folder}/driver.log", "a", encoding="utf-8")
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log if background else subprocess.PIPE, text=True,
            env=self.environment | more, start_new_session=True)
        if background:
            return process
        output, errors = process.communicate(timeout=900)
        log.write(errors)
        # spark-submit sends what a driver writes to standard error to standard output.
        said = [line for line in (output + errors).splitlines() if line.startswith("windsock: ")]
        return process.returncode, output.strip(), "\n".join(said)


def store_rows(path):
    """What windsock audit knows, a row a place."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    return sorted(database.execute("""
        SELECT repositories.key, secrets.fingerprint, rules.rule, secrets.severity, secrets.confidence, redacted, path, start_line,
            in_head, commits.object, coalesce(silenced_by, '')
        FROM occurrences JOIN sightings ON sightings.id = sighting JOIN sources ON sources.id = sightings.source
        JOIN repositories ON repositories.id = repository JOIN secrets ON secrets.id = secret JOIN rules ON rules.id = secrets.rule
        LEFT JOIN commits ON commits.id = introduced"""))


def table_rows(spark):
    rows = spark.sql("""
        SELECT repository, fingerprint, rule, severity, confidence, redacted, place.path, place.line, cast(place.in_head AS int),
            place.commit, CASE WHEN exists(remarks, remark -> remark LIKE '%omment%') THEN 'inline' ELSE '' END
        FROM current_findings LATERAL VIEW explode(occurrences) AS place""").collect()
    return sorted(tuple(row) for row in rows)


def merged(*reports):
    output = subprocess.run([WINDSOCK, "report", "merge", *reports], check=True, capture_output=True).stdout
    findings = json.loads(output)["findings"]
    for finding in findings:
        finding.pop("firstSeen")
    return findings


def wait_until(holds, what, seconds=300):
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            sys.exit(f"{what} did not happen")
        time.sleep(0.05)


def slow(folder):
    """windsock that says when it begins and takes its time, so that something can be killed meanwhile."""
    path = f"{folder}/slow-windsock"
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(f'#!/bin/sh\necho x >>{folder}/begun\nsleep 0.3\nexec "{WINDSOCK}" "$@"\n')
    os.chmod(path, 0o755)
    return path


def begun(folder):
    try:
        return len(pathlib.Path(f"{folder}/begun").read_text().splitlines())
    except FileNotFoundError:
        return 0


def tasks_seconds(output):
    return float(output.rsplit("tasks ", 1)[1].split(" ")[0])


Audit = collections.namedtuple("Audit", "folder table out paths store first_seconds")


def main():
    folder = tempfile.mkdtemp(prefix="windsock-spark-")
    paths = made_up.main(f"{folder}/repositories", COUNT)
    table, out = f"{folder}/table.csv", f"{folder}/out"
    with open(table, "w", encoding="utf-8") as stream:
        stream.write("path\n" + "".join(f"{path}\n" for path in paths))
    store = f"{folder}/whole.sqlite"
    subprocess.run(
        [WINDSOCK, "audit", f"{folder}/repositories", "--store", store, "--exit-zero", "--quiet"], check=True,
        stdout=subprocess.DEVNULL, env=os.environ | {"XDG_CACHE_HOME": f"{folder}/cache-of-one"})
    for path in paths:
        shutil.rmtree(f"{path}/.git/windsock", ignore_errors=True)

    cluster = Cluster(folder)
    try:
        first = a_worker_is_killed(cluster, folder, table, out)
        for part in (two_drivers, half_written, nothing_has_changed, with_tables, changes, no_disk, misuse):
            if not PARTS or part.__name__ in PARTS:
                part(cluster, Audit(folder, table, out, paths, store, first))
    finally:
        cluster.stop()
        if not failures:
            shutil.rmtree(folder)
    print(f"{len(failures)} do not hold" + (f"; look into {folder}" if failures else ""))
    return 1 if failures else 0


def a_worker_is_killed(cluster, folder, table, out):
    started = time.monotonic()
    process = cluster.submit("audit.py", table, "--output", out, "--windsock", slow(folder), background=True)
    wait_until(lambda: begun(folder) >= COUNT // 3, "a third of an audit")
    cluster.kill("second")
    output = process.communicate(timeout=900)[0].strip()
    seconds = time.monotonic() - started
    print(f"measured: {COUNT} repositories, one of two workers killed: {seconds:.1f} s; {output}")
    check(process.returncode == 1 and f"{COUNT} scanned" in output, "all are read although a worker is killed")
    cluster.start_worker("second")
    return tasks_seconds(output)


def two_drivers(cluster, audit):
    folder, table, out = audit.folder, audit.table, audit.out
    before = begun(folder)
    one = cluster.submit("audit.py", table, "--output", out, "--windsock", slow(folder), "--read-again", background=True)
    wait_until(lambda: begun(folder) > before + 2, "the beginning of an audit")
    code, _, said = cluster.submit("audit.py", table, "--output", out, "--windsock", WINDSOCK)
    check(code == 2 and "writes to" in said, f"a second driver is told that there is one ({said[:60]}…)")
    one.communicate(timeout=900)
    check(one.returncode == 1, "and the first one comes to its end")


def half_written(cluster, audit):
    """A driver that is killed: what counted before counts, what it had finished is not read again."""
    folder, table, out = audit.folder, audit.table, f"{audit.folder}/killed"
    before = begun(folder)
    process = cluster.submit(
        "audit.py", table, "--output", out, "--windsock", slow(folder), "--batch", "10", background=True)
    wait_until(lambda: len(list(pathlib.Path(out).glob("coverage/run=*/batch=*"))) >= 1, "a batch")
    wait_until(lambda: begun(folder) > before + 14, "the next batch")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = 10 * len(list(pathlib.Path(out).glob("coverage/run=*/batch=*")))
    check(not list(pathlib.Path(out).glob("runs/*.json")), "a run that was killed is none")
    code, output, _ = cluster.submit("audit.py", table, "--output", out, "--windsock", WINDSOCK)
    check(
        code == 1 and f"{done} unchanged" in output and f"{COUNT - done} scanned" in output,
        f"the next one goes on where it was ({output})")
    check(not list(pathlib.Path(out).glob("_writing/*")), "and clears up")


def nothing_has_changed(cluster, audit):
    table, out, first = audit.table, audit.out, audit.first_seconds
    started = time.monotonic()
    code, output, _ = cluster.submit("audit.py", table, "--output", out, "--windsock", WINDSOCK)
    seconds, tasks = time.monotonic() - started, tasks_seconds(output)
    check(code == 1 and f"{COUNT} unchanged" in output, "nothing is read that is as it was")
    print(f"measured: again with nothing changed: tasks {tasks:.2f} s, {100 * tasks / first:.1f} % of {first:.1f} s; {seconds:.1f} s in all")


def with_tables(cluster, audit):
    """Everything that reads the tables, in one session of this process."""
    folder, out, store = audit.folder, audit.out, audit.store
    os.environ.update({name: cluster.environment[name] for name in ("SPARK_LOCAL_IP", "PYSPARK_PYTHON")})
    sys.path.insert(0, str(HERE))
    from pyspark.sql import SparkSession
    from windsock_spark import reports, tables

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False).config("spark.ui.showConsoleProgress", False).config(
        "spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", 2).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    files = tables.Files(spark, out)
    tables.register(files)
    tables_rows, audit_rows = table_rows(spark), store_rows(store)
    check(bool(audit_rows) and tables_rows == audit_rows, f"{len(audit_rows)} places are those of windsock audit")
    for number, run in enumerate(row["run"] for row in spark.sql("SELECT run FROM runs ORDER BY started").collect()):
        target = pathlib.Path(f"{folder}/reports-{number}")
        target.mkdir()
        reports.write(spark, run, target)
        check(merged(*sorted(target.glob("*.json"))) == merged(store), f"report merge of run {number + 1} is that of the store")
    run = spark.sql("SELECT min(run) AS run FROM runs").first()["run"]
    for file in sorted((HERE / "queries").glob("*.sql")):
        text = file.read_text(encoding="utf-8")
        count = len(spark.sql(text, args={"since": run} if ":since" in text else {}).collect())
        check(count > 0 or file.stem in ("live", "new-since", "gone-since", "coverage-gaps"), f"{file.stem}: {count} rows")
    spark.stop()


def changes(cluster, audit):
    """One more secret, a repository that is gone, another that is none."""
    folder, table, out, paths = audit.folder, audit.table, audit.out, audit.paths
    made_up.write(paths[4], "new.env", f"MISTRAL_API_KEY={made_up.key(__import__('random').Random(4))}\n")
    made_up.git(paths[4], "add", "-A")
    made_up.git(paths[4], "commit", "-qm", "one more")
    shutil.move(paths[7], f"{folder}/gone")
    with open(table, "a", encoding="utf-8") as stream:
        stream.write(f"{folder}/nothing\nfile://{folder}/nothing.git\n{paths[4]}/\n")
    code, output, _ = cluster.submit(
        "audit.py", table, "--output", out, "--windsock", WINDSOCK, "--retries", "0", "--rounds", "1")
    check(code == 1 and f"{COUNT - 2} unchanged" in output and "1 scanned" in output and "3 failed" in output, output)
    code, output, _ = cluster.submit("query.py", out, """
        SELECT count_if(exists(occurrences, place -> place.path = 'new.env')) AS new, count_if(repository LIKE '%repo007') AS kept
        FROM current_findings""")
    last = output.splitlines()[-1] if output else ""
    check(last == "1,1", f"what is new is there, and what could not be read this time is not gone ({last})")
    shutil.move(f"{folder}/gone", paths[7])


def no_disk(cluster, audit):
    """One worker cannot write: the other does it. None can: that is said of each."""
    folder, table = audit.folder, audit.table
    cluster.kill("second")
    os.makedirs(f"{folder}/scratch", exist_ok=True)
    cluster.start_worker("second", WINDSOCK_SCRATCH=f"{folder}/no-such-disk")
    cluster.kill("first")
    cluster.start_worker("first", WINDSOCK_SCRATCH=f"{folder}/scratch")
    small = f"{folder}/small.csv"
    with open(table, encoding="utf-8") as stream, open(small, "w", encoding="utf-8") as target:
        target.writelines(stream.readlines()[:9])
    code, output, said = cluster.submit(
        "audit.py", small, "--output", f"{folder}/one-disk", "--windsock", WINDSOCK, "--scratch", "$WINDSOCK_SCRATCH", "--rounds", "0")
    check(code == 1 and "8 scanned" in output, f"a worker without disk is left alone ({output} {said})")
    code, output, said = cluster.submit(
        "audit.py", small, "--output", f"{folder}/no-disk", "--windsock", WINDSOCK, "--scratch", f"{folder}/no-such-disk",
        "--rounds", "0", "--retries", "0")
    check(code == 3, f"no worker has a disk: that is said ({said[:200]})")


def misuse(cluster, audit):
    table, out = audit.table, audit.out
    code, _, said = cluster.submit("audit.py", table, "--output", out, "--windsock", WINDSOCK, "--option=--no-such-option")
    check(code == 2 and "no-such-option" in said, f"wrong usage ends it before anything is read ({said[:100]})")


if __name__ == "__main__":
    sys.exit(main())
