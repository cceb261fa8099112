-- The mobile country codes of the countries that the fraud went to.
SELECT DISTINCT CAST(mcc AS varchar) AS mcc
FROM public.mcc_country
WHERE iso_country_code IN (:countries)
