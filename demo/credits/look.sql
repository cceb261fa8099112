SELECT
    billable_items.friendly_name AS "billable_items.friendly_name",
    COALESCE(SUM(counters_by_billable_item.total), 0) AS "counters_by_billable_item.total_sum"
FROM public.counters_by_billable_item_complete AS counters_by_billable_item
LEFT JOIN public.billable_items AS billable_items ON counters_by_billable_item.billable_item = billable_items.sid
WHERE ((( counters_by_billable_item.date ) >= ((TIMESTAMP '2025-07-01')) AND ( counters_by_billable_item.date ) < ((TIMESTAMP '2025-09-30'))))
    AND (billable_items.friendly_name LIKE '%Authy%')
    AND (counters_by_billable_item.account_sid ) = 'AC0123456789abcdef0123456789abcdef'
GROUP BY
    1
ORDER BY
    2 DESC
LIMIT 500

-- sql for creating the total and/or determining pivot columns
SELECT
    COALESCE(SUM(counters_by_billable_item.total), 0) AS "counters_by_billable_item.total_sum"
FROM public.counters_by_billable_item_complete AS counters_by_billable_item
LIMIT 1
