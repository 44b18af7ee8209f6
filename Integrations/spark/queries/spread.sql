-- One secret in several repositories: it opens more than its owner thinks.
SELECT fingerprint, max(rule) AS rule, max(redacted) AS redacted, count(DISTINCT repository) AS repositories,
    sum(places) AS places, sort_array(collect_set(name)) AS names
FROM open_findings GROUP BY fingerprint HAVING count(DISTINCT repository) > 1 ORDER BY repositories DESC, fingerprint
