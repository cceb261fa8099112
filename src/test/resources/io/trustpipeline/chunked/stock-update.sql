UPDATE stock SET price = stock.cost * 2
FROM pg_temp.chunk_key AS key
WHERE stock.shelf = key.shelf AND stock.price IS DISTINCT FROM stock.cost * 2
