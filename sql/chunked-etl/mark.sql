-- UpdateFlag 1 says: this run looked, and the pair does not clash any more. The status job reads it.
UPDATE conflict.conflictvisitmaps AS map
SET "UpdateFlag" = 1
FROM pg_temp.chunk_key AS key
WHERE map."VisitDate" = key."VisitDate" AND map."SSN" = key."SSN"
    AND map."CONFLICTID" IS NOT NULL
    AND num_nonnulls(map."InserviceStartDate", map."InserviceEndDate", map."PTOStartDate", map."PTOEndDate",
        map."ConInserviceStartDate", map."ConInserviceEndDate", map."ConPTOStartDate", map."ConPTOEndDate") = 0
    AND map."UpdateFlag" IS DISTINCT FROM 1
    AND NOT EXISTS (SELECT FROM pg_temp.detected AS found WHERE found."ID" = map."ID")
