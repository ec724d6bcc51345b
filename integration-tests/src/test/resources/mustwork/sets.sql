-- Set operations, VALUES and series
SELECT 1 UNION SELECT 2 UNION ALL SELECT 2 ORDER BY 1
SELECT category FROM shop.product INTERSECT SELECT 'pens'
SELECT id FROM shop.product EXCEPT SELECT product_id FROM shop.sale ORDER BY id
(SELECT id FROM shop.product ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM shop.product ORDER BY id DESC LIMIT 1)
SELECT 1 EXCEPT ALL (VALUES (1), (2)) UNION SELECT 3
VALUES (1, 'one'), (2, 'two'), (3, NULL) ORDER BY column1 DESC LIMIT 2 OFFSET 1
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, t) WHERE n IN (1, 2)
SELECT NULL AS nothing, 'x' AS text UNION ALL SELECT 1, NULL
SELECT generate_series(1, 10, 3)
SELECT * FROM generate_series('2025-01-31'::timestamp, '2025-04-30', '1 month') AS d
SELECT n, n % 2 = 0 AS even FROM generate_series(5, 1, -2) AS n
SELECT x FROM generate_series(0.5, 2, 0.5) x
SELECT DISTINCT category FROM shop.product ORDER BY category NULLS FIRST
SELECT ALL 1
SELECT
SELECT FROM shop.product WHERE id = 1
SELECT id FROM shop.product ORDER BY price DESC FETCH FIRST 2 ROWS WITH TIES
SELECT id FROM shop.product ORDER BY category USING > NULLS LAST, id LIMIT ALL
