-- What a provider says is live: first of all.
SELECT fingerprint, rule, redacted, name, asked, asked_host, in_head, introduced
FROM open_findings WHERE live ORDER BY asked DESC, fingerprint, name
