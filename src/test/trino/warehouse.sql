-- The tables of demo/credits/warehouse.sql in Trino's own words.
CREATE SCHEMA hive.public;
CREATE SCHEMA hive.accsecai;

CREATE TABLE public.billable_items AS
SELECT * FROM (VALUES
    ('BI01', 'Authy SMS Verification', 'EE'),
    ('BI02', 'Authy SMS Verification', 'LV'),
    ('BI03', 'Programmable SMS', 'EE')) AS item(sid, friendly_name, iso_country_code);

CREATE TABLE public.counters_by_billable_item_complete AS
SELECT account_sid, billable_item, CAST(date AS timestamp) AS date, subtype, CAST(total AS decimal(18, 6)) AS total
FROM (VALUES
    ('AC0123456789abcdef0123456789abcdef', 'BI01', '2025-07-01', 'cost', 7250.25),
    ('AC0123456789abcdef0123456789abcdef', 'BI02', '2025-09-29', 'cost', 4749.75),
    ('AC0123456789abcdef0123456789abcdef', 'BI01', '2025-09-30', 'cost', 999.00),
    ('AC0123456789abcdef0123456789abcdef', 'BI03', '2025-08-01', 'cost', 55.00),
    ('ACffffffffffffffffffffffffffffffff', 'BI01', '2025-05-01', 'sale', 3000.00),
    ('ACffffffffffffffffffffffffffffffff', 'BI01', '2025-06-30', 'sale', 1503.00),
    ('ACffffffffffffffffffffffffffffffff', 'BI01', '2025-07-01', 'sale', 900.00)
) AS counter(account_sid, billable_item, date, subtype, total);

CREATE TABLE public.mcc_country AS
SELECT * FROM (VALUES ('EE', '248'), ('LV', '247'), ('US', '310')) AS country(iso_country_code, mcc);

CREATE TABLE public.rawpii_accounts AS
SELECT * FROM (VALUES
    ('AC0123456789abcdef0123456789abcdef', 'ACffffffffffffffffffffffffffffffff'),
    ('ACffffffffffffffffffffffffffffffff', NULL)) AS account(account_sid, parent_account_sid);

CREATE TABLE accsecai.dsg_fds_raw_events AS
SELECT 'AC0123456789abcdef0123456789abcdef' AS account_sid, 'verify' AS product, 'sms' AS channel,
    CASE WHEN low % 2 = 0 THEN '248' ELSE '247' END AS mcc, enabled AS fraud_guard_enabled, reason,
    mode AS protection_mode, high * 10000 + low < blocked AS blocked, TIMESTAMP '2025-07-02 10:00:00' AS event_date
FROM (VALUES
    (true, 'ok', 'basic', 80000, 28000),
    (true, 'ok', 'standard', 16000, 7000),
    (true, 'ok', 'max', 4000, 3000),
    (true, 'pass_country_level_config_request', 'basic', 4000, 0),
    (true, 'risk_check_disabled', 'basic', 2000, 0),
    (false, 'disabled', 'basic', 14000, 0)) AS kind(enabled, reason, mode, events, blocked)
CROSS JOIN UNNEST(sequence(0, 9999)) AS ones(low)
CROSS JOIN UNNEST(sequence(0, 7)) AS thousands(high)
WHERE high * 10000 + low < events;

CREATE TABLE public.accsec_verify_comms AS
SELECT 'SM' || CAST(n AS varchar) AS sid, 'PV1' AS provider_sid, 'AC0123456789abcdef0123456789abcdef' AS account_sid,
    '248' AS mcc, '01' AS mnc, '' AS phone_number, CASE WHEN n = 9 THEN 30450 END AS error_code,
    TIMESTAMP '2025-07-02 10:00:00' AS date_created
FROM UNNEST(sequence(0, 9)) AS comms(n);

CREATE TABLE public.rawpii_sms_kafka AS
SELECT 'SM' || CAST(n AS varchar) AS sid, CAST(-0.05 AS decimal(18, 6)) AS price FROM UNNEST(sequence(0, 7)) AS price(n);

CREATE TABLE public.messaging_reporting_rates AS
SELECT * FROM (VALUES
    ('PV1', '248', '01', CAST(0.02 AS decimal(18, 6)), DATE '2025-01-01'),
    ('PV1', '248', '01', CAST(0.03 AS decimal(18, 6)), DATE '2025-06-01')) AS rate(provider_sid, mcc, mnc, rate, effective_date);

CREATE TABLE public.providers AS SELECT 'PV1' AS sid, 'PO1' AS organization_sid;
CREATE TABLE public.provider_organizations AS SELECT 'PO1' AS sid, 'Baltic Carrier' AS name
