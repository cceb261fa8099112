-- A reminder for every pair of payer and provider that has none; how many days it waits is for people to say.
INSERT INTO conflict.payer_provider_reminders
    ("PayerID", "AppPayerID", "Contract", "ProviderID", "AppProviderID", "ProviderName", "CreatedDateTime", "NumberOfDays")
SELECT pair."PayerID", pair."AppPayerID", payer."PayerName", pair."ProviderID", provider."AppProviderID",
    provider."ProviderName", now(), NULL
FROM analytics.dimpayerprovider AS pair
JOIN analytics.dimprovider AS provider ON provider."ProviderID" = pair."ProviderID"
JOIN analytics.dimpayer AS payer ON payer."PayerID" = pair."PayerID"
WHERE NOT EXISTS (
    SELECT FROM conflict.payer_provider_reminders AS reminder
    WHERE reminder."PayerID" = pair."PayerID" AND reminder."ProviderID" = pair."ProviderID")
