-- Rows by key, in the order of the keys. A null or blank part of a key is counted here and reported by the planner.
SELECT map."VisitDate"::date AS "VisitDate", map."SSN" AS "SSN", count(*) AS rows
FROM conflict.conflictvisitmaps AS map
WHERE map."CONFLICTID" IS NOT NULL
    AND map."VisitDate" >= current_setting('chunked.window_start')::date
    AND map."VisitDate" <= current_setting('chunked.window_end')::date
GROUP BY map."VisitDate"::date, map."SSN"
ORDER BY map."VisitDate"::date, map."SSN" COLLATE "C"
