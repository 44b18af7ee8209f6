-- What an earlier run (:since) had and the last one has not any more, of repositories that it has read: --set since=RUN
SELECT earlier.fingerprint, earlier.rule, earlier.severity, earlier.redacted, earlier.name
FROM (SELECT * FROM findings WHERE run = :since) earlier LEFT ANTI JOIN current_findings USING (repository, fingerprint)
WHERE earlier.repository IN (SELECT repository FROM current_coverage WHERE status IN ('scanned', 'unchanged'))
ORDER BY earlier.name, earlier.fingerprint
