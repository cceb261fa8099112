-- What a person looks at after a run: a name, a figure, and whether it is as it should be. Empty tables pass.
WITH recent AS (
    SELECT count(*) AS rows,
        count(*) FILTER (WHERE map."DistanceMilesFromLatLng" IS NOT NULL) AS miles,
        count(*) FILTER (WHERE map."ETATravleMinutes" IS NOT NULL) AS eta,
        count(*) FILTER (WHERE map."MinuteDiffBetweenSch" IS NOT NULL) AS minutes,
        count(*) FILTER (WHERE map."AverageMilesPerHour" IS NOT NULL) AS mph
    FROM conflict.conflictvisitmaps AS map
    WHERE map."VisitDate" >= current_setting('chunked.run_date')::date - 30
), whole AS (
    SELECT count(*) AS rows,
        count(*) FILTER (WHERE map."ConProviderName" IS NOT NULL) AS joined,
        count(*) FILTER (WHERE map."DistanceMilesFromLatLng" < 0) AS negative,
        count(*) FILTER (WHERE map."DistanceMilesFromLatLng" > 500) AS far,
        count(*) FILTER (WHERE map."DistanceMilesFromLatLng" IS NOT NULL AND map."AverageMilesPerHour" IS NULL) AS no_speed,
        count(*) FILTER (WHERE map."SameSchTimeFlag" = 'Y') AS same_sch,
        count(*) FILTER (WHERE map."SameVisitTimeFlag" = 'Y') AS same_visit,
        count(*) FILTER (WHERE map."SchAndVisitTimeSameFlag" = 'Y') AS sch_and_visit,
        count(*) FILTER (WHERE map."SchOverAnotherSchTimeFlag" = 'Y') AS sch_over,
        count(*) FILTER (WHERE map."VisitTimeOverAnotherVisitTimeFlag" = 'Y') AS visit_over,
        count(*) FILTER (WHERE map."SchTimeOverVisitTimeFlag" = 'Y') AS sch_visit_over,
        count(*) FILTER (WHERE map."DistanceFlag" = 'Y') AS distance,
        count(*) FILTER (WHERE 'X' IN (
            CASE WHEN map."SameSchTimeFlag" NOT IN ('Y', 'N') THEN 'X' END,
            CASE WHEN map."DistanceFlag" NOT IN ('Y', 'N') THEN 'X' END)) AS strange
    FROM conflict.conflictvisitmaps AS map
    WHERE map."VisitDate" >= current_setting('chunked.window_start')::date
        AND map."VisitDate" <= current_setting('chunked.window_end')::date
), source AS (
    SELECT count(*) AS rows
    FROM conflict.conflictvisitmaps AS map
    JOIN conflict.conflicts AS conflict ON conflict."CONFLICTID" = map."CONFLICTID"
    WHERE map."VisitDate" >= current_setting('chunked.window_start')::date
        AND map."VisitDate" <= current_setting('chunked.window_end')::date
), copied AS (SELECT count(*) AS rows FROM conflict.conflictvisitmaps_temp)
SELECT name, figure, passed
FROM recent, whole, source, copied, LATERAL (VALUES
    ('rows in the window', whole.rows::numeric, true),
    ('distance filled, last 30 days, %', round(100.0 * recent.miles / nullif(recent.rows, 0), 1), true),
    ('travel time filled, last 30 days, %', round(100.0 * recent.eta / nullif(recent.rows, 0), 1), true),
    ('minutes between filled, last 30 days, %', round(100.0 * recent.minutes / nullif(recent.rows, 0), 1), true),
    ('speed filled, last 30 days, %', round(100.0 * recent.mph / nullif(recent.rows, 0), 1), true),
    ('other side filled', whole.joined, true),
    ('flag same schedule', whole.same_sch, true),
    ('flag same visit', whole.same_visit, true),
    ('flag schedule equals visit', whole.sch_and_visit, true),
    ('flag schedules overlap', whole.sch_over, true),
    ('flag visits overlap', whole.visit_over, true),
    ('flag schedule overlaps visit', whole.sch_visit_over, true),
    ('flag distance', whole.distance, true),
    ('flags that are neither Y nor N', whole.strange, whole.strange = 0),
    ('distances that no speed covers', whole.no_speed, true),
    ('negative distances', whole.negative, whole.negative = 0),
    ('distances over 500 miles', whole.far, whole.far <= 0.1 * whole.rows),
    ('snapshot rows', copied.rows, abs(copied.rows - source.rows) <= 0.01 * source.rows),
    ('reminders', (SELECT count(*) FROM conflict.payer_provider_reminders),
        (SELECT count(*) FROM conflict.payer_provider_reminders)
            >= (SELECT count(*) FROM (SELECT DISTINCT pair."PayerID", pair."ProviderID"
                FROM analytics.dimpayerprovider AS pair) AS pairs))
) AS found (name, figure, passed)
