SELECT stock.shelf, count(*) FROM stock GROUP BY stock.shelf ORDER BY stock.shelf
