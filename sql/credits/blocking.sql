-- What FraudGuard did with what it looked at, in each mode.
SELECT event.protection_mode, COUNT(*) AS events, SUM(CASE WHEN event.blocked THEN 1 ELSE 0 END) AS blocked
FROM accsecai.dsg_fds_raw_events AS event
WHERE event.account_sid IN (
        SELECT account.account_sid FROM public.rawpii_accounts AS account
        WHERE account.account_sid = :account OR account.parent_account_sid = :account)
    AND event.product = 'verify'
    AND event.channel = 'sms'
    AND event.fraud_guard_enabled
    AND event.reason NOT IN ('risk_check_disabled', 'duplicate_request_skipped', 'pass_country_level_config_request')
    AND CAST(event.mcc AS varchar) IN (:mccs)
    AND CAST(event.event_date AS date) BETWEEN :start AND :end
GROUP BY event.protection_mode
