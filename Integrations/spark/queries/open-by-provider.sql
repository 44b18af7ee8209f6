-- Whom to write to: open secrets by provider. '' is none that is known.
SELECT coalesce(provider, '') AS provider, count(DISTINCT fingerprint) AS secrets, count(DISTINCT repository) AS repositories,
    count(DISTINCT fingerprint) FILTER (WHERE live) AS live, min(introduced) AS since
FROM open_findings GROUP BY provider ORDER BY secrets DESC, provider
