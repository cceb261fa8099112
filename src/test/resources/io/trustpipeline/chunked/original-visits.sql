SELECT DISTINCT /*CONFLICT*/ AS conflict_id, fact."VisitID" AS id, fact."VisitDate"::date AS day,
    trim(caregiver."SSN") AS ssn, fact."ProviderID" AS provider, provider."ProviderName" AS provider_name,
    fact."SchStartTime"::timestamp AS s1, fact."SchEndTime"::timestamp AS s2,
    fact."VisitStartTime"::timestamp AS v1, fact."VisitEndTime"::timestamp AS v2,
    CASE WHEN fact."Billed" = 'yes' THEN fact."BilledRate" ELSE fact."BillRateNonBilled" END AS rate,
    CASE WHEN fact."/*FIRST*/" LIKE '%_,%_'
        THEN CAST(split_part(replace(fact."/*FIRST*/", '"', ''), ',', 2) AS double precision)
        WHEN fact."/*SECOND*/" LIKE '%_,%_'
        THEN CAST(split_part(replace(fact."/*SECOND*/", '"', ''), ',', 2) AS double precision)
        ELSE home.longitude END AS longitude,
    CASE WHEN fact."/*FIRST*/" LIKE '%_,%_'
        THEN CAST(split_part(replace(fact."/*FIRST*/", '"', ''), ',', 1) AS double precision)
        WHEN fact."/*SECOND*/" LIKE '%_,%_'
        THEN CAST(split_part(replace(fact."/*SECOND*/", '"', ''), ',', 1) AS double precision)
        ELSE home.latitude END AS latitude,
    CAST(NULL AS varchar) AS zip
FROM analytics.factvisitcallperformance_cr AS fact
JOIN analytics.dimcaregiver AS caregiver ON caregiver."CaregiverID" = fact."CaregiverID"
    AND trim(caregiver."SSN") IS NOT NULL AND trim(caregiver."SSN") <> ''
LEFT JOIN (
    SELECT address."PatientID", row_number() OVER (PARTITION BY address."PatientID"
            ORDER BY address."UpdatedDate" DESC) AS place,
        CASE WHEN address."GPS" LIKE '%_,%_'
            THEN CAST(split_part(replace(address."GPS", '"', ''), ',', 2) AS double precision) END AS longitude,
        CASE WHEN address."GPS" LIKE '%_,%_'
            THEN CAST(split_part(replace(address."GPS", '"', ''), ',', 1) AS double precision) END AS latitude
    FROM analytics.dimpatientaddress AS address WHERE address."Primary"
) AS home ON home."PatientID" = fact."PatientID" AND home.place = 1
JOIN analytics.dimprovider AS provider ON provider."ProviderID" = fact."ProviderID"
    AND provider."IsActive" = TRUE AND provider."IsDemo" = FALSE
/*CONFLICT_JOIN*/
WHERE fact."VisitDate"::date BETWEEN DATE '2023-09-26' AND DATE '2025-11-10'
    AND fact."ProviderID" NOT IN (SELECT out."ProviderID" FROM conflict.excluded_agency AS out)
    AND NOT EXISTS (SELECT 1 FROM conflict.excluded_ssn AS out WHERE trim(caregiver."SSN") = out."SSN")
