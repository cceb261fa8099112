-- How FraudGuard was set on the traffic of an account and its children. The first notebook left out the United States and
-- Canada (mcc 310 to 313 and 302); here they are counted apart, and the calculation chooses.
SELECT event.fraud_guard_enabled, CAST(event.mcc AS varchar) AS mcc, event.reason, event.protection_mode,
    COUNT(*) AS events
FROM accsecai.dsg_fds_raw_events AS event
WHERE event.account_sid IN (
        SELECT account.account_sid FROM public.rawpii_accounts AS account
        WHERE account.account_sid = :account OR account.parent_account_sid = :account)
    AND event.product = 'verify'
    AND event.channel = 'sms'
    AND event.reason <> 'duplicate_request_skipped'
    AND CAST(event.mcc AS varchar) IN (:mccs)
    AND CAST(event.event_date AS date) BETWEEN :start AND :end
GROUP BY event.fraud_guard_enabled, CAST(event.mcc AS varchar), event.reason, event.protection_mode
