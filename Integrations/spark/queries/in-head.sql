-- What everybody gets with a clone, and where.
SELECT severity, rule, redacted, fingerprint, name, place.path, place.line, place.author
FROM open_findings LATERAL VIEW explode(occurrences) AS place
WHERE in_head AND coalesce(place.in_head, true)
ORDER BY array_position(array('critical', 'high', 'medium', 'low'), severity), fingerprint, name, path, line
