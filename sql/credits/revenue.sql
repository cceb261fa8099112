-- A month's revenue before the fraud: a third of the 90 days before it.
SELECT SUM(counter.total) / 3 AS mrr
FROM public.counters_by_billable_item_complete AS counter
WHERE counter.account_sid = :account
    AND counter.subtype = 'sale'
    AND CAST(counter.date AS date) >= CAST(:start AS date) - INTERVAL '90' DAY
    AND CAST(counter.date AS date) < CAST(:start AS date)
