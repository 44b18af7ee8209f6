-- Who has written open secrets down: whom to ask what they open.
SELECT author, count(DISTINCT fingerprint) AS secrets, count(DISTINCT repository) AS repositories, max(introduced) AS last
FROM open_findings LATERAL VIEW explode(authors) AS author GROUP BY author ORDER BY secrets DESC, author
