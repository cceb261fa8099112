-- UpdateFlag 1 says: this run looked, and the pair does not clash any more. The status job reads it. An array of ids is
-- looked up in the index; joined with a table of them, the planner would rather read the whole table.
UPDATE conflict.conflictvisitmaps AS map
SET "UpdateFlag" = 1
WHERE map."ID" = ANY (ARRAY(
        SELECT scope.id FROM pg_temp.scope AS scope
        WHERE NOT EXISTS (SELECT FROM pg_temp.detected AS found WHERE found.id = scope.id)))
    AND map."UpdateFlag" IS DISTINCT FROM 1
