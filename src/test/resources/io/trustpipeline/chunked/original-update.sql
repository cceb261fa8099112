-- The shape of the statement that this product replaces, made runnable and cut down to the columns that ours writes: all
-- visits of two years on both sides, made distinct; joined with themselves by day and SSN, for every chunk again; identity
-- compared as text, the distance computed wherever it is mentioned, speeds joined by BETWEEN. /*CHUNK*/ is where the
-- original put the filter of the chunk, which limits what is written and not what is computed.
UPDATE conflict.conflictvisitmaps AS cvm
SET "SameSchTimeFlag" = CASE WHEN cvm."SameSchTimeFlag" = 'N' THEN pair.same_sch ELSE cvm."SameSchTimeFlag" END,
    "SameVisitTimeFlag" = CASE WHEN cvm."SameVisitTimeFlag" = 'N' THEN pair.same_visit ELSE cvm."SameVisitTimeFlag" END,
    "SchAndVisitTimeSameFlag" =
        CASE WHEN cvm."SchAndVisitTimeSameFlag" = 'N' THEN pair.sch_and_visit ELSE cvm."SchAndVisitTimeSameFlag" END,
    "SchOverAnotherSchTimeFlag" =
        CASE WHEN cvm."SchOverAnotherSchTimeFlag" = 'N' THEN pair.sch_over ELSE cvm."SchOverAnotherSchTimeFlag" END,
    "VisitTimeOverAnotherVisitTimeFlag" = CASE WHEN cvm."VisitTimeOverAnotherVisitTimeFlag" = 'N' THEN pair.visit_over
        ELSE cvm."VisitTimeOverAnotherVisitTimeFlag" END,
    "SchTimeOverVisitTimeFlag" =
        CASE WHEN cvm."SchTimeOverVisitTimeFlag" = 'N' THEN pair.sch_visit_over ELSE cvm."SchTimeOverVisitTimeFlag" END,
    "DistanceFlag" = CASE WHEN cvm."DistanceFlag" = 'N' THEN pair.distance ELSE cvm."DistanceFlag" END,
    "MinuteDiffBetweenSch" = pair.minutes, "DistanceMilesFromLatLng" = pair.miles, "AverageMilesPerHour" = pair.mph,
    "ETATravleMinutes" = pair.eta, "ConSchStartTime" = pair.con_s1, "ConSchEndTime" = pair.con_s2,
    "ConVisitStartTime" = pair.con_v1, "ConVisitEndTime" = pair.con_v2, "ConProviderName" = pair.con_provider_name,
    "BillRateBoth" = pair.rate, "ConBillRateBoth" = pair.con_rate,
    "StatusFlag" = CASE WHEN cvm."StatusFlag" NOT IN ('W', 'I') THEN 'U' ELSE cvm."StatusFlag" END,
    "UpdateFlag" = NULL, "ResolveDate" = NULL, "UpdatedDate" = now()
FROM (
    SELECT DISTINCT one.conflict_id, one.id, two.id AS con_id, two.s1 AS con_s1, two.s2 AS con_s2, two.v1 AS con_v1,
        two.v2 AS con_v2, two.provider_name AS con_provider_name, one.rate, two.rate AS con_rate,
        CASE WHEN /*RULE1*/ THEN 'Y' ELSE 'N' END AS same_sch,
        CASE WHEN /*RULE2*/ THEN 'Y' ELSE 'N' END AS same_visit,
        CASE WHEN /*RULE3*/ THEN 'Y' ELSE 'N' END AS sch_and_visit,
        CASE WHEN /*RULE4*/ THEN 'Y' ELSE 'N' END AS sch_over,
        CASE WHEN /*RULE5*/ THEN 'Y' ELSE 'N' END AS visit_over,
        CASE WHEN /*RULE6*/ THEN 'Y' ELSE 'N' END AS sch_visit_over,
        CASE WHEN /*RULE7*/ THEN 'Y' ELSE 'N' END AS distance,
        CASE WHEN /*GAP12*/ > 0 AND /*GAP21*/ > 0 THEN least(/*GAP12*/, /*GAP21*/)
            WHEN /*GAP12*/ > 0 THEN /*GAP12*/ WHEN /*GAP21*/ > 0 THEN /*GAP21*/ ELSE 0 END AS minutes,
        /*MILES*/ AS miles, speed."AverageMilesPerHour" AS mph,
        round(/*MILES*/ / nullif(speed."AverageMilesPerHour", 0) * 60, 2) AS eta
    FROM (/*VISITS1*/) AS one
    LEFT JOIN (/*VISITS2*/) AS two
        ON one.day = two.day AND one.id <> two.id AND one.ssn = two.ssn AND one.provider <> two.provider
    CROSS JOIN conflict.settings AS setting
    LEFT JOIN conflict.mph AS speed ON /*MILES*/ BETWEEN speed."From" AND speed."To"
    WHERE (/*RULE1*/) OR (/*RULE2*/) OR (/*RULE3*/) OR (/*RULE4*/) OR (/*RULE5*/) OR (/*RULE6*/) OR (/*RULE7*/)
) AS pair
WHERE ((cvm."VisitID" = pair.id AND cvm."ConVisitID" = pair.con_id)
        OR (cvm."VisitID" = pair.id AND cvm."ConVisitID" IS NULL AND pair.con_id IS NULL))
    AND cvm."InserviceStartDate" IS NULL AND cvm."InserviceEndDate" IS NULL
    AND cvm."PTOStartDate" IS NULL AND cvm."PTOEndDate" IS NULL
    AND cvm."ConInserviceStartDate" IS NULL AND cvm."ConInserviceEndDate" IS NULL
    AND cvm."ConPTOStartDate" IS NULL AND cvm."ConPTOEndDate" IS NULL
    AND cvm."UpdateFlag" = 1 /*CHUNK*/
