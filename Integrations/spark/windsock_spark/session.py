"""Spark, as all programs of this folder want it."""
from pyspark import SparkConf
from pyspark.sql import SparkSession

#: What nobody has set otherwise, with --conf or in spark-defaults.conf.
_SETTINGS = {
    "spark.app.name": "windsock",
    # A worker that is lost costs what ran on it, and one that cannot do the work is left alone.
    "spark.task.maxFailures": "8", "spark.excludeOnFailure.enabled": "true",
    "spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor": "1",
    "spark.excludeOnFailure.task.maxTaskAttemptsPerNode": "4",
    "spark.excludeOnFailure.stage.maxFailedTasksPerExecutor": "2",
    "spark.excludeOnFailure.stage.maxFailedExecutorsPerNode": "100",
    "spark.sql.session.timeZone": "UTC", "spark.ui.showConsoleProgress": "false",
    "spark.sql.parquet.compression.codec": "zstd",
    # The tables are small beside what Spark is made for.
    "spark.sql.shuffle.partitions": "16",
    # The rename of a folder says that all of it is there.
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}


def session():
    conf = SparkConf()
    for name, value in _SETTINGS.items():
        conf.setIfMissing(name, value)
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark
