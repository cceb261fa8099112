-- The pairs of this chunk that still clash, with what the update writes. OFFSET 0 keeps PostgreSQL from writing a
-- sub-query's expressions out wherever they are mentioned, so that each is computed once a pair, the costly ones last.
CREATE TEMPORARY TABLE detected ON COMMIT DROP AS
SELECT scope.id, flag.*, gap.minutes, way.miles, way.mph, way.eta,
    con.s1 AS con_sch_start, con.s2 AS con_sch_end, con.v1 AS con_visit_start, con.v2 AS con_visit_end,
    con.provider_name AS con_provider_name, base.rate AS rate, con.rate AS con_rate
FROM pg_temp.scope AS scope
JOIN pg_temp.visit AS base ON base.id = scope.visit
JOIN pg_temp.visit AS con ON con.id = scope.con_visit
CROSS JOIN LATERAL (
    -- The gap between the actual times; 0 when they touch, overlap or are not known.
    SELECT coalesce(round(least(
        nullif(greatest(extract(epoch FROM con.v1 - base.v2) / 60, 0), 0),
        nullif(greatest(extract(epoch FROM base.v1 - con.v2) / 60, 0), 0))::numeric, 2), 0) AS minutes
    OFFSET 0
) AS gap
CROSS JOIN LATERAL (
    SELECT
        base.planned AND con.planned AND base.s1 = con.s1 AND base.s2 = con.s2 AS same_sch,
        base.actual AND con.actual AND base.v1 = con.v1 AND base.v2 = con.v2 AS same_visit,
        (base.planned AND con.actual AND base.s1 = con.v1 AND base.s2 = con.v2)
            OR (base.actual AND con.planned AND base.v1 = con.s1 AND base.v2 = con.s2) AS sch_and_visit,
        base.planned AND con.planned AND base.s1 < con.s2 AND base.s2 > con.s1
            AND (base.s1, base.s2) IS DISTINCT FROM (con.s1, con.s2) AS sch_over,
        base.actual AND con.actual AND base.v1 < con.v2 AND base.v2 > con.v1
            AND (base.v1, base.v2) IS DISTINCT FROM (con.v1, con.v2) AS visit_over,
        (base.planned AND con.actual AND base.s1 < con.v2 AND base.s2 > con.v1
            AND (base.s1, base.s2) IS DISTINCT FROM (con.v1, con.v2))
            OR (base.actual AND con.planned AND base.v1 < con.s2 AND base.v2 > con.s1
            AND (base.v1, base.v2) IS DISTINCT FROM (con.s1, con.s2)) AS sch_visit_over,
        base.actual AND con.actual AND (base.zip = con.zip) IS NOT TRUE AND gap.minutes > 0 AS apart
    OFFSET 0
) AS rule
CROSS JOIN LATERAL (
    SELECT coalesce(base.call_out, base.call_in, base.home) AS a, coalesce(con.call_in, con.call_out, con.home) AS b,
        -- Never looked at: it says that the rules come first.
        rule.apart
    OFFSET 0
) AS point
-- Haversine on a sphere of 6,371 km; a mile of 1,609.34 m. Without both points least() would make a half turn of the earth.
CROSS JOIN LATERAL (
    SELECT CASE WHEN point.a IS NOT NULL AND point.b IS NOT NULL THEN round((6371000 * 2 * asin(least(1, sqrt(
        power(sin(radians(point.b[1] - point.a[1]) / 2), 2)
        + cos(radians(point.a[1])) * cos(radians(point.b[1])) * power(sin(radians(point.b[2] - point.a[2]) / 2), 2))))
        / 1609.34)::numeric * (SELECT setting."ExtraDistancePer" FROM conflict.settings AS setting), 2) END AS miles
    OFFSET 0
) AS line
LEFT JOIN LATERAL (
    -- Half open, so that a border belongs to one band.
    SELECT speed."AverageMilesPerHour" AS mph FROM conflict.mph AS speed
    WHERE line.miles >= speed."From" AND line.miles < speed."To"
    ORDER BY speed."From" DESC LIMIT 1
) AS band ON true
CROSS JOIN LATERAL (
    SELECT line.miles, band.mph, round(line.miles * 60 / nullif(band.mph, 0), 2) AS eta OFFSET 0
) AS way
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN rule.same_sch THEN 'Y' ELSE 'N' END AS same_sch,
        CASE WHEN rule.same_visit THEN 'Y' ELSE 'N' END AS same_visit,
        CASE WHEN rule.sch_and_visit THEN 'Y' ELSE 'N' END AS sch_and_visit,
        CASE WHEN rule.sch_over THEN 'Y' ELSE 'N' END AS sch_over,
        CASE WHEN rule.visit_over THEN 'Y' ELSE 'N' END AS visit_over,
        CASE WHEN rule.sch_visit_over THEN 'Y' ELSE 'N' END AS sch_visit_over,
        CASE WHEN rule.apart AND way.eta > gap.minutes THEN 'Y' ELSE 'N' END AS distance
) AS flag
WHERE base.day = con.day AND base.ssn = con.ssn AND base.id <> con.id AND base.provider <> con.provider
    AND (rule.same_sch OR rule.same_visit OR rule.sch_and_visit OR rule.sch_over OR rule.visit_over
        OR rule.sch_visit_over OR rule.apart)
    AND (rule.same_sch OR rule.same_visit OR rule.sch_and_visit OR rule.sch_over OR rule.visit_over
        OR rule.sch_visit_over OR way.eta > gap.minutes)
