"""Reports as windsock writes them, of what the tables hold."""
import collections
import json
import os


def write(spark, run, folder, with_low=False):
    """Writes one a repository; how many that were."""
    names = name_of(spark.sql("""
        SELECT repository, max(name) AS name FROM coverage WHERE run = :run AND repository IS NOT NULL GROUP BY repository
        """, args={"run": run}).collect())
    rows = spark.sql("""
        SELECT coverage.repository, coverage.source, coverage.status, coverage.problems,
            coalesce(coverage.report, any_value(place.report)) AS report, collect_list(found.finding) AS findings,
            collect_list(unix_seconds(found.first_seen)) AS first_seen
        FROM coverage
        LEFT JOIN findings found ON found.run = coverage.run AND found.repository = coverage.repository
        LEFT JOIN coverage place ON place.run = found.findings_run AND place.repository = found.repository
        WHERE coverage.run = :run
        GROUP BY coverage.repository, coverage.source, coverage.status, coverage.problems, coverage.report
        ORDER BY coverage.repository, coverage.source""", args={"run": run})
    count = 0
    for number, row in enumerate(rows.toLocalIterator()):
        report = json.loads(row["report"]) if row["report"] else empty(row)
        findings = [json.loads(text) for text in row["findings"]]
        key = row["repository"]
        of_one(report, findings, row["first_seen"], key, names.get(key), len(names) > 1, with_low)
        path = os.path.join(folder, f"{number:06}.json")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            json.dump(report, stream, ensure_ascii=False, separators=(",", ":"))
        count += 1
    return count


def name_of(rows):
    """What reports call repositories, by key: two of one name are told by their pages or paths."""
    counts = collections.Counter(row["name"] for row in rows)
    return {row["repository"]: row["name"] if counts[row["name"]] == 1 else row["repository"] for row in rows}


def of_one(report, findings, first_seen, key, name, is_one_of_several, with_low):
    """Makes of what windsock said of one repository its part of a report of several."""
    if is_one_of_several and name:
        # Without an address the merge takes paths as they are, which then begin with the repository already.
        report["repository"] = {}
        summary = report["summary"]
        for problem in summary["problems"]:
            if problem["subject"] != key:
                problem["subject"] = f"{name}: {problem['subject']}"
        if "notes" in summary:
            summary["notes"] = [f"{name}: {note}" for note in summary["notes"]]
    told = []
    for finding, first in zip(findings, first_seen):
        if finding["confidence"] == "low" and not with_low:
            continue
        finding["firstSeen"] = timestamp(first)
        if is_one_of_several and name:
            finding["repositories"] = [name]
            for place in finding["occurrences"]:
                place["path"] = f"{name}/{place['path']}"
            finding["remarks"] = [f"{name}: {remark}" for remark in finding.get("remarks") or []]
        told.append(finding)
    report["findings"] = sorted(told, key=lambda finding: finding["fingerprint"])


def timestamp(seconds):
    import datetime
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def empty(row):
    """Of a repository of which nothing could be read: that, and why."""
    return {
        "schema": "windsock/1", "secretsShown": False, "repository": {},
        "summary": {
            "mode": "audit", "target": row["source"], "complete": False, "interrupted": False, "files": 0, "blobs": 0,
            "bytes": 0, "commits": 0, "known": 0, "omitted": {}, "suppressed": {}, "durationSeconds": 0,
            "problems": [
                {name: value for name, value in problem.asDict().items() if value is not None}
                for problem in row["problems"] or []]},
        "findings": []}
