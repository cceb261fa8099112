-- UpdateFlag 1 says: this run looked, and the pair does not clash any more. The status job reads it.
UPDATE conflict.conflictvisitmaps AS map
SET "UpdateFlag" = 1
FROM pg_temp.scope AS scope
WHERE map."ID" = scope.id
    AND map."UpdateFlag" IS DISTINCT FROM 1
    AND NOT EXISTS (SELECT FROM pg_temp.detected AS found WHERE found.id = scope.id)
