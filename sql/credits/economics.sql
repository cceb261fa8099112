-- What the messages brought in and cost, by provider. A message without a price, other than one that was never sent (error
-- 30450), counts with the mean price of its provider and network.
WITH message AS (
    SELECT comms.sid, comms.provider_sid, comms.mcc, comms.mnc, comms.phone_number, comms.error_code,
        -price.price AS price
    FROM public.accsec_verify_comms AS comms
    LEFT JOIN public.rawpii_sms_kafka AS price ON price.sid = comms.sid
    WHERE comms.account_sid = :account
        AND CAST(comms.mcc AS varchar) IN (:mccs)
        AND CAST(comms.date_created AS date) BETWEEN :start AND :end),
rate AS (
    SELECT provider_sid, mcc, mnc, MAX_BY(rate, effective_date) AS rate
    FROM public.messaging_reporting_rates
    GROUP BY provider_sid, mcc, mnc),
network AS (
    SELECT message.provider_sid, message.mcc, message.mnc,
        SUM(message.price) + AVG(message.price)
            * SUM(CASE WHEN message.price IS NULL AND COALESCE(message.error_code, 0) <> 30450 THEN 1 ELSE 0 END) AS revenue,
        COUNT(*) * MAX(rate.rate) AS cost
    FROM message
    LEFT JOIN rate ON rate.provider_sid = message.provider_sid AND rate.mcc = message.mcc AND rate.mnc = message.mnc
    GROUP BY message.provider_sid, message.mcc, message.mnc)
SELECT organization.name AS provider, SUM(network.revenue) AS revenue, SUM(network.cost) AS cost
FROM network
JOIN public.providers AS provider ON provider.sid = network.provider_sid
JOIN public.provider_organizations AS organization ON organization.sid = provider.organization_sid
WHERE network.cost > 0
GROUP BY organization.name
