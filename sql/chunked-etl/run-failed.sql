-- The run ended without being complete.
UPDATE conflict.settings AS setting SET "InProgressFlag" = 2 WHERE setting."InProgressFlag" IS DISTINCT FROM 2
