-- The visits of those pairs, each once: looked up by id, so that a chunk costs what its rows cost, however many visits the
-- table holds, and a pair that moved to another day is found too.
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT scope.visit AS id FROM pg_temp.scope UNION SELECT scope.con_visit FROM pg_temp.scope;
CREATE TEMPORARY TABLE visit ON COMMIT DROP AS
WITH fact AS MATERIALIZED (
    SELECT found.*
    FROM pg_temp.wanted AS wanted
    CROSS JOIN LATERAL (
        -- OFFSET 0 keeps this one look-up a visit, whatever the planner believes of the table's size.
        SELECT visit."VisitID", visit."VisitDate", visit."CaregiverID", visit."ProviderID", visit."PatientID",
            visit."SchStartTime", visit."SchEndTime", visit."VisitStartTime", visit."VisitEndTime", visit."CallInGPS",
            visit."CallOutGPS", visit."Billed", visit."BilledRate", visit."BillRateNonBilled"
        FROM analytics.factvisitcallperformance_cr AS visit
        WHERE visit."VisitID" = wanted.id
        OFFSET 0
    ) AS found
)
SELECT fact."VisitID" AS id, fact."VisitDate" AS day, btrim(caregiver."SSN") AS ssn, fact."ProviderID" AS provider,
    provider."ProviderName" AS provider_name, fact."SchStartTime" AS s1, fact."SchEndTime" AS s2,
    fact."VisitStartTime" AS v1, fact."VisitEndTime" AS v2,
    num_nonnulls(fact."VisitStartTime", fact."VisitEndTime") = 2 AS actual,
    num_nonnulls(fact."VisitStartTime", fact."VisitEndTime") = 0 AS planned,
    CASE WHEN fact."Billed" = 'yes' THEN fact."BilledRate" ELSE fact."BillRateNonBilled" END AS rate,
    home.zip, gps.call_in, gps.call_out, home.point AS home
FROM fact
JOIN analytics.dimcaregiver AS caregiver ON caregiver."CaregiverID" = fact."CaregiverID"
JOIN analytics.dimprovider AS provider ON provider."ProviderID" = fact."ProviderID"
CROSS JOIN LATERAL (
    SELECT (regexp_match(replace(fact."CallInGPS", '"', ''), '^\s*(-?\d+\.?\d*)\s*,\s*(-?\d+\.?\d*)\s*$'))::float8[] AS call_in,
        (regexp_match(replace(fact."CallOutGPS", '"', ''), '^\s*(-?\d+\.?\d*)\s*,\s*(-?\d+\.?\d*)\s*$'))::float8[] AS call_out
) AS gps
LEFT JOIN LATERAL (
    SELECT address."Zip" AS zip, (regexp_match(replace(address."GPS", '"', ''),
        '^\s*(-?\d+\.?\d*)\s*,\s*(-?\d+\.?\d*)\s*$'))::float8[] AS point
    FROM analytics.dimpatientaddress AS address
    WHERE address."PatientID" = fact."PatientID" AND address."Primary"
    ORDER BY address."UpdatedDate" DESC, address."AddressID" DESC
    LIMIT 1
) AS home ON true
WHERE fact."VisitDate" >= current_setting('chunked.window_start')::date
    AND fact."VisitDate" <= current_setting('chunked.window_end')::date
    AND btrim(caregiver."SSN") <> ''
    AND provider."IsActive" AND NOT provider."IsDemo"
    AND NOT EXISTS (SELECT FROM conflict.excluded_agency AS out WHERE out."ProviderID" = fact."ProviderID")
    AND NOT EXISTS (SELECT FROM conflict.excluded_ssn AS out WHERE out."SSN" = btrim(caregiver."SSN"));
ANALYZE pg_temp.visit (id, day, ssn)
