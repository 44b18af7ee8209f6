-- What was not read, or not all of it, and why: a list without findings says nothing about these.
SELECT source, status, attempts, problem.subject, problem.message, problem.advice
FROM current_coverage LATERAL VIEW OUTER explode(problems) AS problem
WHERE status IN ('failed', 'incomplete') OR NOT complete ORDER BY source, subject
