-- Prepared statements
PREPARE by_id (int) AS SELECT label FROM shop.product WHERE id = $1
EXECUTE by_id (1)
EXECUTE by_id (2 + 1)
DEALLOCATE by_id
EXECUTE by_id (1) -- ERROR 26000

PREPARE add_region AS INSERT INTO regions VALUES ($1, $2) RETURNING id
EXECUTE add_region (70, 'prepared')
PREPARE change (text, int) AS UPDATE regions SET name = $1 WHERE id = $2
EXECUTE change ('changed', 70)
PREPARE remove (int) AS DELETE FROM regions WHERE id = $1 RETURNING name
EXECUTE remove (70)
DEALLOCATE PREPARE remove
DEALLOCATE ALL

PREPARE typed (numeric, text[], jsonb, date) AS SELECT $1 * 2 AS a, $2[1] AS b, $3 -> 'a' AS c, $4 + 1 AS d
EXPLAIN (COSTS OFF) EXECUTE typed (1, '{}', '{}', '2025-01-01')
EXECUTE typed (1.5, '{x,y}', '{"a": [1]}', '2025-12-31')
CREATE TEMP TABLE kept AS EXECUTE typed (2, '{z}', '{}', '2025-01-01')
SELECT * FROM kept
PREPARE v AS VALUES ($1::int), (2)
EXECUTE v (7)
