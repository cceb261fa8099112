-- The tables that the visit conflicts' statements touch, with the columns that they touch.
CREATE SCHEMA conflict;
CREATE SCHEMA analytics;
CREATE TABLE conflict.conflicts ("CONFLICTID" numeric PRIMARY KEY, "StatusFlag" varchar(5));
CREATE TABLE conflict.conflictvisitmaps (
    "ID" numeric PRIMARY KEY, "CONFLICTID" numeric, "SSN" varchar(50), "VisitDate" date,
    "VisitID" varchar(50), "ConVisitID" varchar(50), "ProviderID" varchar(50), "ConProviderID" varchar(50),
    "ConProviderName" varchar(200),
    "ConSchStartTime" timestamp, "ConSchEndTime" timestamp, "ConVisitStartTime" timestamp, "ConVisitEndTime" timestamp,
    "BillRateBoth" numeric(38,2), "ConBillRateBoth" numeric(38,2),
    "MinuteDiffBetweenSch" numeric(38,0), "DistanceMilesFromLatLng" numeric(38,2),
    "AverageMilesPerHour" numeric(38,2), "ETATravleMinutes" numeric(38,0),
    "SameSchTimeFlag" varchar(5), "SameVisitTimeFlag" varchar(5), "SchAndVisitTimeSameFlag" varchar(5),
    "SchOverAnotherSchTimeFlag" varchar(5), "VisitTimeOverAnotherVisitTimeFlag" varchar(5),
    "SchTimeOverVisitTimeFlag" varchar(5), "DistanceFlag" varchar(5),
    "InserviceStartDate" timestamp, "InserviceEndDate" timestamp, "PTOStartDate" timestamp, "PTOEndDate" timestamp,
    "ConInserviceStartDate" timestamp, "ConInserviceEndDate" timestamp, "ConPTOStartDate" timestamp,
    "ConPTOEndDate" timestamp,
    "StatusFlag" varchar(5), "UpdateFlag" numeric, "UpdatedDate" timestamp, "ResolveDate" timestamp);
CREATE INDEX ON conflict.conflictvisitmaps ("VisitDate", "SSN");
CREATE TABLE conflict.conflictvisitmaps_temp (LIKE conflict.conflictvisitmaps);
ALTER TABLE conflict.conflictvisitmaps_temp ADD COLUMN "ConStatusFlag" varchar(5);
CREATE TABLE conflict.settings ("ExtraDistancePer" numeric(38,2), "InProgressFlag" integer);
INSERT INTO conflict.settings VALUES (1.10, 0);
CREATE TABLE conflict.mph ("From" numeric(38,2), "To" numeric(38,2), "AverageMilesPerHour" numeric(38,2));
INSERT INTO conflict.mph VALUES (0, 2, 2), (2, 5, 6), (5, 10, 15), (10, 25, 25), (25, 50, 45), (50, 100, 55), (100, 500, 60);
CREATE TABLE conflict.excluded_agency ("ProviderID" varchar(50));
CREATE TABLE conflict.excluded_ssn ("SSN" varchar(50));
CREATE TABLE conflict.payer_provider_reminders ("PayerID" varchar(50), "AppPayerID" varchar(50), "Contract" varchar(200),
    "ProviderID" varchar(50), "AppProviderID" varchar(50), "ProviderName" varchar(200), "CreatedDateTime" timestamp,
    "NumberOfDays" integer);
CREATE TABLE analytics.dimcaregiver ("CaregiverID" varchar(50) PRIMARY KEY, "SSN" varchar(50));
CREATE INDEX ON analytics.dimcaregiver (btrim("SSN"));
CREATE TABLE analytics.dimprovider ("ProviderID" varchar(50) PRIMARY KEY, "AppProviderID" varchar(50),
    "ProviderName" varchar(200), "IsActive" boolean, "IsDemo" boolean);
CREATE TABLE analytics.dimpayer ("PayerID" varchar(50) PRIMARY KEY, "PayerName" varchar(200));
CREATE TABLE analytics.dimpayerprovider ("PayerID" varchar(50), "AppPayerID" varchar(50), "ProviderID" varchar(50));
CREATE TABLE analytics.dimpatientaddress ("AddressID" bigint PRIMARY KEY, "PatientID" varchar(50), "Primary" boolean,
    "UpdatedDate" timestamp, "GPS" varchar(100), "Zip" varchar(10));
CREATE INDEX ON analytics.dimpatientaddress ("PatientID");
CREATE TABLE analytics.factvisitcallperformance_cr ("VisitID" varchar(50) PRIMARY KEY, "VisitDate" date,
    "CaregiverID" varchar(50), "ProviderID" varchar(50), "PatientID" varchar(50),
    "SchStartTime" timestamp, "SchEndTime" timestamp, "VisitStartTime" timestamp, "VisitEndTime" timestamp,
    "CallInGPS" varchar(100), "CallOutGPS" varchar(100), "Billed" varchar(5), "BilledRate" numeric(38,2),
    "BillRateNonBilled" numeric(38,2));
CREATE INDEX ON analytics.factvisitcallperformance_cr ("VisitDate", "CaregiverID");
