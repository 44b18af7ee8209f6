#!/usr/bin/env python3
"""Audit a table of repositories on a Spark cluster.

    spark-submit --master spark://… audit.py repositories.csv --output hdfs:///audits/windsock

Exit code, as that of windsock audit: 0 clean, 1 something is open, 2 wrong usage, 3 something could not be read and nothing is
open, 4 a key is live.
"""
import argparse
import dataclasses
import datetime
import os
import pathlib
import re
import sys
import tempfile
import time
import uuid
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from windsock_spark import bounded, lock, repository, session, sources, tables  # noqa: E402

SIZES = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


def size(text):
    match = re.fullmatch(r"(\d+)([kmgt]?)", text.lower())
    if not match:
        raise argparse.ArgumentTypeError(f"{text} is no size: bytes, or with k, M, G")
    return int(match[1]) * SIZES[match[2]]


def arguments():
    parser = argparse.ArgumentParser(
        prog="audit.py", description="Audit a table of repositories on a Spark cluster: windsock audit on each of them.")
    add = parser.add_argument
    add("table", help="CSV, Parquet, JSON lines, or a text of a line each: a column source, address, path or url; size, too")
    add("--output", required=True, help="the folder of the tables, which all workers see")
    add("--windsock", default="windsock", help="the executable on the workers (default: windsock in PATH)")
    add("--option", action="append", default=[], help="one more word for windsock audit, as --option=--config=/etc/windsock.toml")
    add("--scratch", help="a folder of the workers for what is fetched meanwhile (default: that for temporary files)")
    add("--timeout", type=float, default=3600, help="seconds for one repository (3600)")
    add("--memory", type=size, default=size("2g"), help="memory of one task, beside mapped files (2G)")
    add("--disk", type=size, default=size("20g"), help="disk of one task (20G)")
    add("--least-free", type=size, default=size("1g"), help="what has to be free on a worker's disk (1G)")
    add("--retries", type=int, default=2, help="how often one that could not be read is tried again where it is (2)")
    add("--rounds", type=int, default=1, help="and how often again behind all others, wherever that is (1)")
    add("--batch", type=int, default=500, help="how many repositories are written together (500)")
    add("--read-again", action="store_true", help="read those, too, that are as they were")
    options = parser.parse_args()
    for name in ("retries", "rounds"):
        if getattr(options, name) < 0:
            parser.error(f"--{name} must be 0 or more")
    if options.batch < 1 or options.timeout <= 0:
        parser.error("--batch and --timeout must be more than 0")
    return options


def send_modules(spark):
    """The workers have Python, and not this folder. What is returned is to live as long as they ask for it."""
    folder = tempfile.TemporaryDirectory(prefix="windsock-")
    archive = os.path.join(folder.name, "windsock_spark.zip")
    with zipfile.ZipFile(archive, "w") as stream:
        for file in sorted((HERE / "windsock_spark").glob("*.py")):
            stream.write(file, f"windsock_spark/{file.name}")
    spark.sparkContext.addPyFile(archive)
    return folder


class Run:
    def __init__(self, spark, files, options):
        self.spark, self.files, self.options = spark, files, options
        now = datetime.datetime.now(datetime.timezone.utc)
        self.name = f"{now:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}"
        self.started = time.time()
        self.settings = repository.Settings(
            windsock=options.windsock, options=tuple(options.option), scratch=options.scratch, retries=options.retries,
            bounds=bounded.Bounds(options.timeout, options.memory, options.disk), least_free=options.least_free,
            read_again=options.read_again)

    def rules(self):
        """What windsock calls itself and its rules, asked on one worker: what is wrong is known before all begin."""
        settings = self.settings
        return self.spark.sparkContext.parallelize([0], 1).map(lambda _: repository.identity(settings)).first().split(" ")

    def results(self, batch, known, settings):
        """A task a repository, in their order: whoever is free takes the next."""
        jobs = [(source, known.get(repository.state.without_login(source), [])) for source in batch]
        rows = self.spark.sparkContext.parallelize(jobs, len(jobs)).flatMap(
            lambda job: repository.audit(job[0], job[1], settings))
        return self.spark.createDataFrame(rows, tables.RESULT)

    def write(self, batch, known, round_number):
        name = f"{round_number}-{uuid.uuid4().hex[:12]}"
        try:
            results = self.results(batch, known, self.settings)
            tables.write_batch(self.files, results, self.name, name, round_number)
        except Exception as error:
            if "windsock_spark.repository.Misuse" in str(error) or isinstance(error, OSError):
                raise
            # No worker is fit for some of them: their rows say so, and the others are read.
            print(f"windsock: {first_line(error)}; once more, and what cannot be read is passed over", file=sys.stderr)
            self.files.remove("_writing", name)
            name = f"{round_number}-{uuid.uuid4().hex[:12]}"
            results = self.results(batch, known, dataclasses.replace(self.settings, raises_unfit=False))
            tables.write_batch(self.files, results, self.name, name, round_number)
        return name

    def failed(self, names):
        """The sources of batches of which nothing could be read."""
        frame = tables.coverage_of(self.files, [(self.name, name) for name in names])
        return {row["source"] for row in frame.where("status = 'failed'").select("source").collect()}

    def carry_out(self, rows):
        version, digest, _ = self.rules()
        # What a driver that was killed has left.
        self.files.remove("_writing")
        known = tables.known(self.files)
        order = sources.ordered(rows)
        size = self.options.batch
        for round_number in range(self.options.rounds + 1):
            batches = [order[start:start + size] for start in range(0, len(order), size)]
            names = []
            for number, batch in enumerate(batches):
                names.append(self.write(batch, known, round_number))
                print(f"windsock: {min((number + 1) * size, len(order))} of {len(order)} repositories", file=sys.stderr)
            failed = self.failed(names)
            order = [source for source in order if repository.state.without_login(source) in failed]
            if not order or round_number == self.options.rounds:
                break
            print(f"windsock: {len(order)} could not be read and are tried again", file=sys.stderr)
        tables.end_run(self.files, self.name, {
            "run": self.name, "started": self.started, "ended": time.time(), "version": version, "rules_digest": digest})


def first_line(error):
    lines = [line for line in str(error).splitlines() if line.strip()]
    told = next((line for line in lines if "windsock_spark." in line), lines[0] if lines else type(error).__name__)
    return told.strip()


def tell(spark, files, run):
    """Prints what came of it, and says what the exit code is to be."""
    tables.register(files)
    facts = spark.sql("""
        SELECT map_from_entries((SELECT collect_list(struct(status, count)) FROM (
                SELECT status, count(*) AS count FROM current_coverage GROUP BY status))) AS counts,
            (SELECT coalesce(sum(seconds), 0) FROM written_coverage WHERE run = :run) AS seconds,
            count(DISTINCT fingerprint) AS secrets, count(DISTINCT repository) AS repositories,
            count(DISTINCT CASE WHEN live THEN fingerprint END) AS live
        FROM open_findings""", args={"run": run.name}).first()
    counts, found = facts["counts"], facts
    words = ", ".join(f"{counts[name]} {name}" for name in ("scanned", "unchanged", "incomplete", "failed") if name in counts)
    print(f"run {run.name}: {words or 'no repository'}; {found['secrets']} secrets in {found['repositories']} repositories,"
          f" {found['live']} live; {time.time() - run.started:.1f} s, tasks {facts['seconds']:.1f} s")
    if found["live"]:
        return 4
    if found["secrets"]:
        return 1
    return 3 if not counts or counts.get("failed") or counts.get("incomplete") else 0


def main():
    options = arguments()
    spark = session.session()
    modules = send_modules(spark)
    try:
        files = tables.Files(spark, options.output)
        # Ahead of everything that takes a worker: whoever is there before has them all.
        with lock.Lock(files):
            try:
                rows = sources.read(spark, options.table)
            except Exception as error:
                print(f"windsock: could not read the table {options.table}: {first_line(error)}", file=sys.stderr)
                return 2
            if not rows:
                print(f"windsock: no repository is named in {options.table}", file=sys.stderr)
                return 3
            run = Run(spark, files, options)
            run.carry_out(rows)
        return tell(spark, files, run)
    except lock.Held as error:
        print(f"windsock: {error}", file=sys.stderr)
        return 2
    except Exception as error:
        if "windsock_spark.repository.Misuse" in str(error):
            print(f"windsock: {first_line(error)}", file=sys.stderr)
            return 2
        print(f"windsock: {first_line(error)}; what was finished is kept: the next run goes on there", file=sys.stderr)
        return 3
    finally:
        spark.stop()
        modules.cleanup()


if __name__ == "__main__":
    sys.exit(main())
