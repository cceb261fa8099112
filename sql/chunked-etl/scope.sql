-- The pairs that this chunk looks at. Rows in service or on leave belong to other jobs.
CREATE TEMPORARY TABLE scope ON COMMIT DROP AS
SELECT map."ID" AS id, map."VisitID" AS visit, map."ConVisitID" AS con_visit
FROM pg_temp.chunk_key AS key
JOIN conflict.conflictvisitmaps AS map ON map."VisitDate" = key."VisitDate" AND map."SSN" = key."SSN"
WHERE map."CONFLICTID" IS NOT NULL
    AND num_nonnulls(map."InserviceStartDate", map."InserviceEndDate", map."PTOStartDate", map."PTOEndDate",
        map."ConInserviceStartDate", map."ConInserviceEndDate", map."ConPTOStartDate", map."ConPTOEndDate") = 0;
ANALYZE pg_temp.scope (id)
