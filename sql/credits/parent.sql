-- Who pays for an account.
SELECT parent_account_sid
FROM public.rawpii_accounts
WHERE account_sid = :account AND parent_account_sid IS NOT NULL
