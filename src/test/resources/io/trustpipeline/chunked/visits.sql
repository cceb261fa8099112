-- Visits and their pairs, the same for the same settings: generated.keys groups of visits of one caregiver on one day,
-- about sixteen pairs each, around the day generated.run_date. Times lie on a coarse grid, so that identical, touching,
-- overlapping and distant intervals are all frequent; every 500th group is large. Beside them there are
-- generated.ordinary_days days on which a carer makes three visits for one agency, which clash with nothing.
CREATE FUNCTION pg_temp.pick(a bigint, b bigint, salt bigint, among bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    'SELECT (hashint8extended(a * 1000003 + b * 101, salt) & 9223372036854775807) % among';
CREATE FUNCTION pg_temp.ssn(caregiver bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT regexp_replace((900000000 + caregiver * 7919 % 99999999)::text, '^(...)(..)(....)$', '\1-\2-\3') $$;

INSERT INTO analytics.dimprovider
SELECT 'agency-' || n, 'a' || n, 'Agency ' || n, n <> 7, n = 8 FROM generate_series(0, 9) AS n;
INSERT INTO conflict.excluded_agency VALUES ('agency-9');
INSERT INTO analytics.dimpayer SELECT 'payer-' || n, 'Payer ' || n FROM generate_series(1, 3) AS n;
INSERT INTO analytics.dimpayerprovider
SELECT 'payer-' || p, 'p' || p, 'agency-' || n FROM generate_series(1, 3) AS p, generate_series(0, 9) AS n;

CREATE TEMPORARY TABLE care AS
SELECT k, k / 700 AS caregiver, current_setting('generated.run_date')::date - 680 + (k % 700)::integer AS day,
    CASE WHEN k % 500 = 499 THEN 40 ELSE (ARRAY[2, 3, 4, 6])[pg_temp.pick(k, 0, 1, 4) + 1] END AS visits,
    pg_temp.pick(k, 0, 2, 40) = 0 AS moved
FROM generate_series(0, current_setting('generated.keys')::bigint - 1) AS k;

CREATE TEMPORARY TABLE attended AS
SELECT care.k, care.caregiver, care.day, v, 'visit-' || care.k || '-' || v AS id, pg_temp.pick(k, v, 3, 10) AS provider,
    care.day + CASE WHEN care.moved OR pg_temp.pick(k, v, 4, 50) = 0 THEN 1 ELSE 0 END AS visit_day,
    pg_temp.pick(k, v, 5, 6) * 30 AS sch_start, pg_temp.pick(k, v, 6, 3) * 30 + 30 AS sch_length,
    pg_temp.pick(k, v, 7, 6) * 30 AS visit_start, pg_temp.pick(k, v, 8, 3) * 30 + 30 AS visit_length,
    pg_temp.pick(k, v, 9, 20) AS state, pg_temp.pick(k, v, 10, 12) AS gps_in, pg_temp.pick(k, v, 11, 12) AS gps_out,
    pg_temp.pick(k, v, 12, 200) AS patient, pg_temp.pick(k, v, 13, 100) AS rate
FROM care, generate_series(1, care.visits) AS v;

INSERT INTO analytics.dimcaregiver
SELECT 'carer-' || c || '-' || p, CASE WHEN p % 3 = 0 THEN ' ' || pg_temp.ssn(c) || ' ' ELSE pg_temp.ssn(c) END
FROM (SELECT DISTINCT caregiver FROM care) AS one (c), generate_series(0, 9) AS p;
INSERT INTO conflict.excluded_ssn SELECT pg_temp.ssn(3);

-- Points from a street's length to a continent's width apart; and every way in which there may be none.
CREATE TEMPORARY TABLE point AS SELECT * FROM (VALUES
    (0, '40.7128,-74.0060'), (1, '"40.7130,-74.0050"'), (2, '40.7306, -73.9352'), (3, '40.6782,-73.9442'),
    (4, '40.8448,-73.8648'), (5, '41.0534,-73.5387'), (6, '41.3083,-72.9279'), (7, '42.6526,-73.7562'),
    (8, '34.0522,-118.2437'), (9, ','), (10, NULL), (11, 'unknown')) AS p (n, gps);
INSERT INTO analytics.dimpatientaddress
SELECT patient * 3 + a, 'patient-' || patient, a > 0, TIMESTAMP '2024-01-01' + a * interval '1 day',
    (SELECT gps FROM point WHERE n = pg_temp.pick(patient, a, 14, 12)),
    CASE WHEN pg_temp.pick(patient, a, 15, 5) > 0 THEN (10000 + pg_temp.pick(patient, a, 15, 5))::text END
FROM generate_series(0, 199) AS patient, generate_series(0, 2) AS a WHERE patient % 20 <> 0;

INSERT INTO analytics.factvisitcallperformance_cr
SELECT id, visit_day, 'carer-' || caregiver || '-' || provider, 'agency-' || provider, 'patient-' || patient,
    CASE WHEN state <> 0 THEN visit_day + time '08:00' + sch_start * interval '1 minute' END,
    CASE WHEN state <> 0 THEN visit_day + time '08:00' + (sch_start + sch_length) * interval '1 minute' END,
    CASE WHEN state > 9 OR state = 1 THEN visit_day + time '08:00' + visit_start * interval '1 minute' END,
    CASE WHEN state > 9 THEN visit_day + time '08:00' + (visit_start + visit_length) * interval '1 minute' END,
    one.gps, other.gps, CASE WHEN rate % 2 = 0 THEN 'yes' ELSE 'no' END, rate + 0.25, rate + 0.75
FROM attended JOIN point AS one ON one.n = gps_in JOIN point AS other ON other.n = gps_out;

INSERT INTO conflict.conflicts
SELECT k + 1, (ARRAY['U', 'N', 'R'])[pg_temp.pick(k, 0, 16, 3) + 1] FROM care;
INSERT INTO conflict.conflictvisitmaps ("ID", "CONFLICTID", "SSN", "VisitDate", "VisitID", "ConVisitID", "ProviderID",
    "ConProviderID", "SameSchTimeFlag", "SameVisitTimeFlag", "SchAndVisitTimeSameFlag", "SchOverAnotherSchTimeFlag",
    "VisitTimeOverAnotherVisitTimeFlag", "SchTimeOverVisitTimeFlag", "DistanceFlag", "InserviceStartDate",
    "ConPTOEndDate", "StatusFlag", "UpdateFlag", "ResolveDate")
SELECT row_number() OVER (ORDER BY one.k, one.v, other.v), CASE WHEN pg_temp.pick(r, 0, 17, 100) > 0 THEN one.k + 1 END,
    CASE pg_temp.pick(r, 0, 18, 1000) WHEN 0 THEN NULL WHEN 1 THEN ' ' ELSE pg_temp.ssn(one.caregiver) END,
    one.day, one.id, other.id, 'agency-' || one.provider, 'agency-' || other.provider,
    flag[pg_temp.pick(r, 0, 19, 6) + 1], flag[pg_temp.pick(r, 0, 20, 6) + 1], flag[pg_temp.pick(r, 0, 21, 6) + 1],
    flag[pg_temp.pick(r, 0, 22, 6) + 1], flag[pg_temp.pick(r, 0, 23, 6) + 1], flag[pg_temp.pick(r, 0, 24, 6) + 1],
    flag[pg_temp.pick(r, 0, 25, 6) + 1],
    CASE WHEN pg_temp.pick(r, 0, 26, 50) = 0 THEN TIMESTAMP '2025-01-01' END,
    CASE WHEN pg_temp.pick(r, 0, 27, 50) = 0 THEN TIMESTAMP '2025-01-01' END,
    (ARRAY['U', 'U', 'U', 'N', 'R', 'D', 'W', 'I', NULL])[pg_temp.pick(r, 0, 28, 9) + 1],
    CASE WHEN pg_temp.pick(r, 0, 29, 3) = 0 THEN 1 END,
    CASE WHEN pg_temp.pick(r, 0, 30, 4) = 0 THEN TIMESTAMP '2025-02-01' END
FROM attended AS one
JOIN attended AS other ON other.k = one.k AND other.v <> one.v
CROSS JOIN LATERAL (SELECT one.k * 10000 + one.v * 100 + other.v AS r) AS number
CROSS JOIN (SELECT ARRAY['N', 'N', 'N', 'N', 'Y', NULL] AS flag) AS flags;

INSERT INTO analytics.dimcaregiver
SELECT 'plain-' || c, pg_temp.ssn(10000000 + c)
FROM generate_series(0, (current_setting('generated.ordinary_days')::bigint - 1) / 700) AS c
WHERE current_setting('generated.ordinary_days')::bigint > 0;
INSERT INTO analytics.factvisitcallperformance_cr
SELECT 'plain-' || d || '-' || v, day, 'plain-' || d / 700, 'agency-' || d / 700 % 7,
    'patient-' || pg_temp.pick(d, v, 31, 200), day + hour, day + hour + interval '2 hours', day + hour,
    day + hour + interval '2 hours', one.gps, one.gps, 'yes', 20.25, 20.75
FROM generate_series(0, current_setting('generated.ordinary_days')::bigint - 1) AS d
CROSS JOIN generate_series(0, 2) AS v
CROSS JOIN LATERAL (
    SELECT current_setting('generated.run_date')::date - 680 + (d % 700)::integer AS day, (7 + v * 4) * interval '1 hour' AS hour
) AS plan
JOIN point AS one ON one.n = pg_temp.pick(d, v, 32, 9);
DROP TABLE care, attended, point;
DROP FUNCTION pg_temp.pick;
DROP FUNCTION pg_temp.ssn;
ANALYZE;
