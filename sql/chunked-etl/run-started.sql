-- A run is under way.
UPDATE conflict.settings AS setting SET "InProgressFlag" = 1 WHERE setting."InProgressFlag" IS DISTINCT FROM 1
