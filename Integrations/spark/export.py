#!/usr/bin/env python3
"""Write what the tables hold as reports of --format json, one a repository, for windsock report merge and report diff.

    spark-submit export.py OUT reports && windsock report merge reports/*.json --format html --output leaks.html
"""
import argparse
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main():
    from windsock_spark import reports, session, tables

    parser = argparse.ArgumentParser(prog="export.py", description="Write reports that windsock report merge reads.")
    parser.add_argument("output", help="the folder of the tables")
    parser.add_argument("reports", help="the folder for the reports, on this machine; has to be new or empty")
    parser.add_argument("--run", help="another run than the last")
    parser.add_argument("--low", action="store_true", help="what is of low confidence, too")
    options = parser.parse_args()

    folder = pathlib.Path(options.reports)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        print(f"windsock: {folder} is not empty: what is left in it would be merged, too", file=sys.stderr)
        return 2
    spark = session.session()
    try:
        tables.register(tables.Files(spark, options.output))
        run = options.run or spark.sql("SELECT run FROM last_run").first()["run"]
        if not spark.sql("SELECT 1 FROM runs WHERE run = :run", args={"run": run}).head(1):
            print(f"windsock: there is no run {run} that has ended in {options.output}", file=sys.stderr)
            return 2
        count = reports.write(spark, run, folder, options.low)
    finally:
        spark.stop()
    print(f"{count} reports in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
