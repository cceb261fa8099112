-- The ids of the rows of this chunk that this run did not find again.
SELECT map."ID"
FROM pg_temp.chunk_key AS key
JOIN conflict.conflictvisitmaps AS map ON map."VisitDate" = key."VisitDate" AND map."SSN" = key."SSN"
WHERE map."CONFLICTID" IS NOT NULL
    AND num_nonnulls(map."InserviceStartDate", map."InserviceEndDate", map."PTOStartDate", map."PTOEndDate",
        map."ConInserviceStartDate", map."ConInserviceEndDate", map."ConPTOStartDate", map."ConPTOEndDate") = 0
    AND NOT EXISTS (SELECT FROM pg_temp.detected AS found WHERE found."ID" = map."ID")
