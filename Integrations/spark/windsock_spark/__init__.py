"""Audits a table of repositories on a Spark cluster: `windsock audit` on each of them where a task lands."""
