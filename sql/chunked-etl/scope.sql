-- The pairs that this chunk looks at. Rows in service or on leave belong to other jobs. OFFSET 0 keeps this one look-up a
-- key: a merge join would walk the whole index up to the chunk.
CREATE TEMPORARY TABLE scope ON COMMIT DROP AS
SELECT held.*
FROM pg_temp.chunk_key AS key
CROSS JOIN LATERAL (
    SELECT map."ID" AS id, map."VisitID" AS visit, map."ConVisitID" AS con_visit
    FROM conflict.conflictvisitmaps AS map
    WHERE map."VisitDate" = key."VisitDate" AND map."SSN" = key."SSN"
        AND map."CONFLICTID" IS NOT NULL
        AND num_nonnulls(map."InserviceStartDate", map."InserviceEndDate", map."PTOStartDate", map."PTOEndDate",
            map."ConInserviceStartDate", map."ConInserviceEndDate", map."ConPTOStartDate", map."ConPTOEndDate") = 0
    OFFSET 0
) AS held;
ANALYZE pg_temp.scope (id)
