-- Only when asked for, and only when every chunk is done: pairs that no longer clash are resolved.
UPDATE conflict.conflictvisitmaps AS map
SET "StatusFlag" = 'R', "ResolveDate" = now(), "UpdateFlag" = NULL
FROM chunked_ledger.unseen AS gone
WHERE gone.run_id = current_setting('chunked.run_id')
    AND map."ID" = gone.row_id::numeric
    AND map."UpdateFlag" = 1
    AND coalesce(map."StatusFlag", 'N') NOT IN ('W', 'I', 'D', 'R')
