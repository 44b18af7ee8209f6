#!/usr/bin/env python3
"""Ask the tables of an audit.

    spark-submit query.py OUT open-by-repository            one of queries/*.sql
    spark-submit query.py OUT "SELECT … FROM open_findings" or any other
    spark-submit query.py OUT new-since --set since=20261201T173000Z-1a2b3c
"""
import argparse
import csv
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main():
    from windsock_spark import session, sources, tables

    parser = argparse.ArgumentParser(prog="query.py", description="Ask the tables of an audit.")
    parser.add_argument("output", help="the folder of the tables")
    parser.add_argument("query", help=f"one of {', '.join(sorted(file.stem for file in (HERE / 'queries').glob('*.sql')))}; or SQL")
    parser.add_argument("--decisions", help="what windsock triage export has written")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the query")
    options = parser.parse_args()

    text = options.query
    if re.fullmatch(r"[a-z-]+", text):
        file = HERE / "queries" / f"{text}.sql"
        if not file.is_file():
            parser.error(f"there is no query {text}")
        text = file.read_text(encoding="utf-8")
    spark = session.session()
    try:
        decisions = sources.decisions(pathlib.Path(options.decisions).read_text(encoding="utf-8")) if options.decisions else ()
        tables.register(tables.Files(spark, options.output), decisions)
        frame = spark.sql(text, args=dict(pair.partition("=")[::2] for pair in options.set))
        writer = csv.writer(sys.stdout)
        writer.writerow(frame.columns)
        for row in frame.toLocalIterator():
            writer.writerow(["" if value is None else value for value in row])
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
