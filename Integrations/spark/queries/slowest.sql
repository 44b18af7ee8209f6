-- Where a run's time went.
SELECT source, status, seconds, bytes, commits, worker, attempts FROM current_coverage ORDER BY seconds DESC LIMIT 50
