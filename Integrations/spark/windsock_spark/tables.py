"""The tables: where they lie, what they look like, when something in them counts.

    OUT/findings/run=RUN/batch=BATCH/*.parquet    a secret in a repository, a row each
    OUT/coverage/run=RUN/batch=BATCH/*.parquet    a repository, a row each
    OUT/runs/RUN.json                             a run that has come to its end
    OUT/_writing/BATCH                            what is being written; OUT/_lock: who writes

A batch counts when its folder is in `coverage`: that is renamed into place last. A run counts when its file is in `runs`. Batches
of a run that never ended are not told of, but what they have read is not read again.
"""
import json
import re

from pyspark.sql import functions as F
from pyspark.sql import types as T

_STRINGS = T.ArrayType(T.StringType())
_PROBLEM = T.StructType([T.StructField(name, T.StringType()) for name in ("subject", "message", "advice")])
_PLACE = T.StructType([
    T.StructField("path", T.StringType()), T.StructField("line", T.LongType()), T.StructField("column", T.LongType()),
    T.StructField("object", T.StringType()), T.StructField("snippet", T.StringType()),
    T.StructField("in_head", T.BooleanType()), T.StructField("commit", T.StringType()),
    T.StructField("author", T.StringType()), T.StructField("time", T.StringType())])

#: Times are texts like 2026-03-01T12:00:00Z here, and timestamps in the tables.
FINDING = T.StructType(
    [T.StructField(name, T.StringType()) for name in (
        "repository", "name", "fingerprint", "rule", "provider", "severity", "confidence", "redacted", "seen", "liveness",
        "asked", "asked_host", "introduced", "removed")]
    + [T.StructField("live", T.BooleanType()), T.StructField("in_head", T.BooleanType()), T.StructField("exposed_days", T.LongType()),
       T.StructField("authors", _STRINGS), T.StructField("remarks", _STRINGS), T.StructField("places", T.LongType()),
       T.StructField("occurrences", T.ArrayType(_PLACE)), T.StructField("finding", T.StringType())])
_TIMES = ("seen", "asked", "introduced", "removed")

COVERAGE = T.StructType(
    [T.StructField(name, T.StringType()) for name in (
        "source", "repository", "name", "address", "commit", "branch", "status", "state", "rules_digest", "version")]
    + [T.StructField("complete", T.BooleanType()), T.StructField("attempts", T.LongType()),
       T.StructField("worker", T.StringType()), T.StructField("started", T.DoubleType()),
       T.StructField("seconds", T.DoubleType())]
    + [T.StructField(name, T.LongType()) for name in ("blobs", "bytes", "commits", "secrets")]
    + [T.StructField("problems", T.ArrayType(_PROBLEM)),
       T.StructField("omitted", T.MapType(T.StringType(), T.LongType())), T.StructField("report", T.StringType()),
       T.StructField("findings_run", T.StringType()), T.StructField("findings_batch", T.StringType())])
#: What a task gives: a repository with its findings.
RESULT = T.StructType(COVERAGE.fields + [T.StructField("findings", T.ArrayType(FINDING))])

_PARTITIONS = [T.StructField("run", T.StringType()), T.StructField("batch", T.StringType())]
_FINDINGS_TABLE = T.StructType(
    [T.StructField(field.name, T.TimestampType()) if field.name in _TIMES else field for field in FINDING.fields] + _PARTITIONS)
_COVERAGE_TABLE = T.StructType(COVERAGE.fields + [T.StructField("round", T.LongType())] + _PARTITIONS)


class Files:
    """The folder of the tables, through Hadoop's file systems: a disk that all share, HDFS, an object store."""

    def __init__(self, spark, out):
        self.spark = spark
        self.jvm = spark.sparkContext._jvm
        self.root = self.jvm.org.apache.hadoop.fs.Path(out)
        self.system = self.root.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
        self.root = self.system.makeQualified(self.root)

    def path(self, *parts):
        return self.jvm.org.apache.hadoop.fs.Path(self.root, "/".join(parts)) if parts else self.root

    def text(self, *parts):
        return self.path(*parts).toString()

    def make(self, *parts):
        self.system.mkdirs(self.path(*parts))

    def remove(self, *parts):
        self.system.delete(self.path(*parts), True)

    def move(self, source, target):
        """Where something is already, nothing is moved."""
        if self.system.exists(target) or not self.system.rename(source, target):
            raise OSError(f"could not rename {source.toString()} to {target.toString()}")

    def names(self, *parts):
        path = self.path(*parts)
        if not self.system.exists(path):
            return []
        return sorted(status.getPath().getName() for status in self.system.listStatus(path))

    def read(self, *parts):
        """The text of a file; None: there is none."""
        path = self.path(*parts)
        if not self.system.exists(path):
            return None
        stream = self.system.open(path)
        try:
            return bytes(self.jvm.org.apache.commons.io.IOUtils.toByteArray(stream)).decode("utf-8")
        finally:
            stream.close()

    def write(self, text, *parts, replaces=False):
        stream = self.system.create(self.path(*parts), replaces)
        try:
            stream.write(bytearray(text.encode("utf-8")))
        finally:
            stream.close()


# MARK: Writing

def write_batch(files, results, run, batch, round_number):
    """Writes what came of some repositories; it counts when this returns, and not before.

    `results` is computed once: what is written first is read for the rest.
    """
    place = files.path("_writing", batch)
    results.write.parquet(files.text("_writing", batch, "results"))
    rows = files.spark.read.schema(RESULT).parquet(files.text("_writing", batch, "results"))
    findings = rows.select(F.explode("findings").alias("finding")).select("finding.*")
    for name in _TIMES:
        findings = findings.withColumn(name, F.to_timestamp(name, "yyyy-MM-dd'T'HH:mm:ssX"))
    findings.coalesce(1).write.parquet(files.text("_writing", batch, "findings"))
    coverage = rows.drop("findings").withColumn("round", F.lit(round_number).cast("long"))
    for name, own in (("findings_run", run), ("findings_batch", batch)):
        coverage = coverage.withColumn(
            name, F.when(F.col("status").isin("scanned", "incomplete"), F.lit(own)).otherwise(F.col(name)))
    coverage.coalesce(1).write.parquet(files.text("_writing", batch, "coverage"))
    # What tells that the batch is there comes last.
    for table in ("findings", "coverage"):
        files.make(table, f"run={run}")
        files.move(files.path("_writing", batch, table), files.path(table, f"run={run}", f"batch={batch}"))
    files.system.delete(place, True)


def end_run(files, run, facts):
    """From now on the run counts."""
    files.make("runs")
    files.make("_writing")
    files.write(json.dumps(facts, indent=1), "_writing", f"{run}.json", replaces=True)
    files.move(files.path("_writing", f"{run}.json"), files.path("runs", f"{run}.json"))


# MARK: Reading

def runs(files):
    """What is known of the runs that have ended, the earliest first."""
    names = [name for name in files.names("runs") if name.endswith(".json") and not name.startswith((".", "_"))]
    facts = [json.loads(files.read("runs", name)) for name in names]
    return sorted(facts, key=lambda fact: (fact["started"], fact["run"]))


def _table(files, table, schema, batches):
    paths = [files.text(table, f"run={run}", f"batch={batch}") for run, batch in batches]
    if not paths:
        return files.spark.createDataFrame([], schema)
    return files.spark.read.schema(schema).option("basePath", files.text(table)).parquet(*paths)


def coverage_of(files, pairs):
    """The rows of some batches."""
    return _table(files, "coverage", _COVERAGE_TABLE, pairs)


def batches(files):
    """All that count: pairs of run and batch."""
    found = []
    for run in files.names("coverage"):
        for batch in files.names("coverage", run):
            if run.startswith("run=") and batch.startswith("batch="):
                found.append((run[4:], batch[6:]))
    return found


def known(files):
    """Of each source the rows of the last time that it was read or passed over, by source: dictionaries as of `COVERAGE`."""
    coverage = _table(files, "coverage", _COVERAGE_TABLE, batches(files)).where("status <> 'failed'")
    last = coverage.groupBy("source").agg(F.max_by("batch", "started").alias("batch"))
    found = {}
    for row in coverage.join(last, ["source", "batch"], "left_semi").toLocalIterator():
        fields = {field.name: row[field.name] for field in COVERAGE.fields}
        fields["problems"] = [problem.asDict() for problem in row["problems"] or []]
        found.setdefault(row["source"], []).append(fields)
    return {source: rows for source, rows in found.items() if all(row["state"] is not None for row in rows)}


def register(files, decisions=()):
    """Makes the views that queries are written against: runs, coverage, findings, current_…, open_findings, decisions."""
    spark, ended = files.spark, runs(files)
    facts = T.StructType([
        T.StructField("run", T.StringType()), T.StructField("started", T.DoubleType()),
        T.StructField("ended", T.DoubleType()), T.StructField("version", T.StringType()),
        T.StructField("rules_digest", T.StringType())])
    spark.createDataFrame(
        [tuple(float(fact[f.name]) if f.name in ("started", "ended") else fact[f.name] for f in facts) for fact in ended], facts
    ).createOrReplaceTempView("runs")
    counting = batches(files)
    _table(files, "coverage", _COVERAGE_TABLE, counting).createOrReplaceTempView("written_coverage")
    _table(files, "findings", _FINDINGS_TABLE, counting).createOrReplaceTempView("written_findings")
    spark.createDataFrame(list(decisions), T.StructType(
        [T.StructField(name, T.StringType()) for name in ("fingerprint", "decision", "author", "reason", "until")])
    ).createOrReplaceTempView("decisions")
    # Written into the queries, so that nothing is read of other runs. Of a name that is none of ours nothing is.
    last = ended[-1]["run"] if ended else ""
    last = last if re.fullmatch(r"[0-9A-Za-z-]*", last) else ""
    for name, query in _VIEWS:
        spark.sql(f"CREATE OR REPLACE TEMP VIEW {name} AS {query.replace('{last}', last)}")


_VIEWS = [
    # What failed and was tried again is told of once, and a repository that two sources name, too.
    ("coverage", """
        SELECT * EXCEPT (place_of_source, place_of_repository) FROM (
            SELECT *, row_number() OVER (
                PARTITION BY run, coalesce(repository, source) ORDER BY status = 'failed', source) AS place_of_repository
            FROM (
                SELECT *, dense_rank() OVER (PARTITION BY run, source ORDER BY round DESC) AS place_of_source
                FROM written_coverage LEFT SEMI JOIN runs USING (run))
            WHERE place_of_source = 1)
        WHERE place_of_repository = 1"""),
    # Of a repository that could not be read this time that which was known before: nothing is gone because nobody looked.
    ("findings_places", """
        SELECT run, repository, struct(findings_run, findings_batch) AS place FROM coverage
        WHERE status <> 'failed' AND findings_batch IS NOT NULL
        UNION ALL
        SELECT later.run, earlier.repository, max_by(struct(earlier.findings_run, earlier.findings_batch), earlier.started)
        FROM (SELECT run, source FROM coverage WHERE status = 'failed') later
        JOIN (SELECT * FROM coverage WHERE findings_batch IS NOT NULL) earlier
            ON later.source = earlier.source AND earlier.run < later.run
        GROUP BY later.run, earlier.repository"""),
    ("findings", """
        SELECT places.run, found.* EXCEPT (run, batch), found.run AS findings_run, first.first_seen
        FROM written_findings found
        JOIN findings_places places ON found.repository = places.repository
            AND found.run = places.place.findings_run AND found.batch = places.place.findings_batch
        JOIN (SELECT repository, fingerprint, min(seen) AS first_seen FROM written_findings GROUP BY ALL) first
            ON first.repository = found.repository AND first.fingerprint = found.fingerprint"""),
    ("last_run", "SELECT '{last}' AS run WHERE '{last}' <> ''"),
    ("current_coverage", "SELECT * FROM coverage WHERE run = '{last}'"),
    ("current_findings", """
        SELECT current.*, CASE WHEN until < current_date() THEN 'open' ELSE coalesce(decision, 'open') END AS decision,
            decisions.author AS decided_by, reason AS decided_why
        FROM (SELECT * FROM findings WHERE run = '{last}') current LEFT JOIN decisions USING (fingerprint)"""),
    # As reports have it: from medium confidence on, and nobody has said that it is settled.
    ("open_findings", """
        SELECT * FROM current_findings WHERE decision = 'open' AND confidence <> 'low'"""),
]
