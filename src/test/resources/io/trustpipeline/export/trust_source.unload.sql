UNLOAD ($$
-- The comments that a trust run scores: those of one client, the newest first, at most :row_limit of them.
--
-- :up_id       the client                  (integer)
-- :run_date    the date of the run         (date)
-- :row_limit   the most rows to export     (integer)
--
-- The result must have the columns comment_unique_key (text or integer) and cleaned_comment (text); every other
-- column is carried through to the scored rows. The limit is a row number because UNLOAD takes no outer LIMIT.
SELECT
    newest.comment_unique_key,
    newest.posted_date,
    newest.cleaned_comment
FROM (
    SELECT
        comments.comment_unique_key,
        facts.posted_date,
        comments.cleaned_comment,
        ROW_NUMBER() OVER (
            ORDER BY facts.posted_date DESC NULLS LAST, comments.comment_unique_key
        ) AS recency
    FROM legacy.all_cleaned_comments AS comments
    JOIN legacy.all_comments_fact AS facts
        ON facts.comment_unique_key = comments.comment_unique_key
    WHERE facts.up_id = 9001
        AND comments.cleaned_comment IS NOT NULL
        -- Without the next line every run looks at the client's whole history, and the ledger sees to it that no
        -- comment is scored twice. With it, a run for a past date gives what it would have given on that date.
        -- AND facts.posted_date <= :run_date
) AS newest
WHERE newest.recency <= 10000
ORDER BY newest.recency
$$)
TO 's3://data-bucket/trust_scoring/raw/run_date=2026-02-03/run_id=nightly-17/batch_'
IAM_ROLE 'arn:aws:iam::123456789012:role/unload'
FORMAT PARQUET
PARALLEL ON
MANIFEST
