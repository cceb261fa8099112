-- Flags only rise ('N' < 'Y', and greatest ignores nulls); whitelisted, ignored and deleted pairs keep their status; a row
-- that would not change is not written. Everything is computed from the row as it is when its lock is got.
UPDATE conflict.conflictvisitmaps AS map
SET "SameSchTimeFlag" = greatest(map."SameSchTimeFlag", found.same_sch),
    "SameVisitTimeFlag" = greatest(map."SameVisitTimeFlag", found.same_visit),
    "SchAndVisitTimeSameFlag" = greatest(map."SchAndVisitTimeSameFlag", found.sch_and_visit),
    "SchOverAnotherSchTimeFlag" = greatest(map."SchOverAnotherSchTimeFlag", found.sch_over),
    "VisitTimeOverAnotherVisitTimeFlag" = greatest(map."VisitTimeOverAnotherVisitTimeFlag", found.visit_over),
    "SchTimeOverVisitTimeFlag" = greatest(map."SchTimeOverVisitTimeFlag", found.sch_visit_over),
    "DistanceFlag" = greatest(map."DistanceFlag", found.distance),
    "MinuteDiffBetweenSch" = round(found.minutes),
    "DistanceMilesFromLatLng" = found.miles,
    "AverageMilesPerHour" = found.mph,
    "ETATravleMinutes" = round(found.eta),
    "ConSchStartTime" = found.con_sch_start,
    "ConSchEndTime" = found.con_sch_end,
    "ConVisitStartTime" = found.con_visit_start,
    "ConVisitEndTime" = found.con_visit_end,
    "ConProviderName" = found.con_provider_name,
    "BillRateBoth" = found.rate,
    "ConBillRateBoth" = found.con_rate,
    "StatusFlag" = CASE WHEN map."StatusFlag" IN ('W', 'I', 'D') THEN map."StatusFlag" ELSE 'U' END,
    "UpdateFlag" = NULL,
    "ResolveDate" = NULL,
    "UpdatedDate" = now()
FROM pg_temp.detected AS found
WHERE map."ID" = found.id
    AND (map."SameSchTimeFlag", map."SameVisitTimeFlag", map."SchAndVisitTimeSameFlag", map."SchOverAnotherSchTimeFlag",
        map."VisitTimeOverAnotherVisitTimeFlag", map."SchTimeOverVisitTimeFlag", map."DistanceFlag",
        map."MinuteDiffBetweenSch", map."DistanceMilesFromLatLng", map."AverageMilesPerHour", map."ETATravleMinutes",
        map."ConSchStartTime", map."ConSchEndTime", map."ConVisitStartTime", map."ConVisitEndTime",
        map."ConProviderName", map."BillRateBoth", map."ConBillRateBoth", map."StatusFlag", map."UpdateFlag",
        map."ResolveDate")
    IS DISTINCT FROM
        (greatest(map."SameSchTimeFlag", found.same_sch), greatest(map."SameVisitTimeFlag", found.same_visit),
        greatest(map."SchAndVisitTimeSameFlag", found.sch_and_visit),
        greatest(map."SchOverAnotherSchTimeFlag", found.sch_over),
        greatest(map."VisitTimeOverAnotherVisitTimeFlag", found.visit_over),
        greatest(map."SchTimeOverVisitTimeFlag", found.sch_visit_over), greatest(map."DistanceFlag", found.distance),
        round(found.minutes), found.miles, found.mph, round(found.eta), found.con_sch_start, found.con_sch_end,
        found.con_visit_start, found.con_visit_end, found.con_provider_name, found.rate, found.con_rate,
        CASE WHEN map."StatusFlag" IN ('W', 'I', 'D') THEN map."StatusFlag" ELSE 'U' END, NULL::numeric,
        NULL::timestamp)
