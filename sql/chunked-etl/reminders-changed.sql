-- Names follow their owners.
UPDATE conflict.payer_provider_reminders AS reminder
SET "Contract" = payer."PayerName", "ProviderName" = provider."ProviderName"
FROM analytics.dimpayer AS payer, analytics.dimprovider AS provider
WHERE payer."PayerID" = reminder."PayerID"
    AND provider."ProviderID" = reminder."ProviderID"
    AND (reminder."Contract", reminder."ProviderName") IS DISTINCT FROM (payer."PayerName", provider."ProviderName")
