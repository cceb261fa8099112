-- The ids of the rows of this chunk that this run did not find again.
SELECT scope.id FROM pg_temp.scope AS scope
WHERE NOT EXISTS (SELECT FROM pg_temp.detected AS found WHERE found.id = scope.id)
