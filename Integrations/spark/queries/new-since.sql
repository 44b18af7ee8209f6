-- What the last run has and an earlier one (:since) had not: --set since=RUN
SELECT fingerprint, rule, severity, redacted, name, introduced
FROM open_findings latest LEFT ANTI JOIN (SELECT * FROM findings WHERE run = :since) earlier USING (repository, fingerprint)
ORDER BY name, fingerprint
