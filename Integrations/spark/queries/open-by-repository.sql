-- Open secrets of each repository, the worst first.
SELECT name, repository, count(DISTINCT fingerprint) AS secrets,
    count(DISTINCT fingerprint) FILTER (WHERE live) AS live,
    count(DISTINCT fingerprint) FILTER (WHERE in_head) AS in_head,
    count(DISTINCT fingerprint) FILTER (WHERE severity IN ('critical', 'high')) AS severe,
    min(introduced) AS since
FROM open_findings GROUP BY name, repository ORDER BY live DESC, severe DESC, secrets DESC, repository
