-- The rows of the window as they are before this run, with the status of the conflict beside that of the pair.
INSERT INTO conflict.conflictvisitmaps_temp
    ("ID", "CONFLICTID", "SSN", "VisitDate", "VisitID", "ConVisitID", "ProviderID", "ConProviderID",
    "SameSchTimeFlag", "SameVisitTimeFlag", "SchAndVisitTimeSameFlag", "SchOverAnotherSchTimeFlag",
    "VisitTimeOverAnotherVisitTimeFlag", "SchTimeOverVisitTimeFlag", "DistanceFlag", "StatusFlag", "ConStatusFlag",
    "UpdateFlag", "UpdatedDate", "ResolveDate")
SELECT map."ID", map."CONFLICTID", map."SSN", map."VisitDate", map."VisitID", map."ConVisitID", map."ProviderID",
    map."ConProviderID", map."SameSchTimeFlag", map."SameVisitTimeFlag", map."SchAndVisitTimeSameFlag",
    map."SchOverAnotherSchTimeFlag", map."VisitTimeOverAnotherVisitTimeFlag", map."SchTimeOverVisitTimeFlag",
    map."DistanceFlag", conflict."StatusFlag", map."StatusFlag", map."UpdateFlag", map."UpdatedDate", map."ResolveDate"
FROM conflict.conflictvisitmaps AS map
JOIN conflict.conflicts AS conflict ON conflict."CONFLICTID" = map."CONFLICTID"
WHERE map."VisitDate" >= current_setting('chunked.window_start')::date
    AND map."VisitDate" <= current_setting('chunked.window_end')::date
