-- How long open secrets have been readable, by the year in which they came and by where they are now.
SELECT year(introduced) AS year, count(DISTINCT fingerprint) AS secrets,
    count(DISTINCT fingerprint) FILTER (WHERE in_head) AS in_head,
    cast(percentile(datediff(current_date(), introduced), 0.5) AS int) AS median_days
FROM open_findings GROUP BY year ORDER BY year
