-- Idle again: the run came to its end.
UPDATE conflict.settings AS setting SET "InProgressFlag" = 0 WHERE setting."InProgressFlag" IS DISTINCT FROM 0
