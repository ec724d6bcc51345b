-- WITH, recursion and LATERAL
WITH s AS (SELECT store, sum(quantity) AS n FROM shop.sale GROUP BY store) SELECT * FROM s WHERE n > 5 ORDER BY store
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
WITH m AS MATERIALIZED (SELECT * FROM shop.product), n AS NOT MATERIALIZED (SELECT id FROM m) SELECT count(*) FROM n
WITH t (a, b) AS (VALUES (1, 'x'), (2, 'y')) SELECT b FROM t ORDER BY a DESC
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n
WITH RECURSIVE tree AS (SELECT id, nickname, 0 AS depth, ARRAY[id] AS path FROM shop.staff WHERE boss IS NULL UNION ALL SELECT s.id, s.nickname, depth + 1, path || s.id FROM shop.staff s JOIN tree t ON s.boss = t.id) SELECT * FROM tree ORDER BY path
WITH RECURSIVE f (a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM f WHERE b < 50) SELECT a FROM f
WITH RECURSIVE t AS (SELECT id, boss FROM shop.staff WHERE id = 1 UNION SELECT s.id, s.boss FROM shop.staff s, t WHERE s.boss = t.id) SEARCH DEPTH FIRST BY id SET ord SELECT id FROM t ORDER BY ord
WITH RECURSIVE t AS (SELECT id, boss FROM shop.staff WHERE boss IS NULL UNION ALL SELECT s.id, s.boss FROM shop.staff s JOIN t ON s.boss = t.id) SEARCH BREADTH FIRST BY id SET ord CYCLE id SET looped TO 'yes' DEFAULT 'no' USING path SELECT id, looped FROM t ORDER BY ord
SELECT p.id, x.store, x.n FROM shop.product p CROSS JOIN LATERAL (SELECT store, sum(quantity) AS n FROM shop.sale s WHERE s.product_id = p.id GROUP BY store ORDER BY n DESC, store LIMIT 1) x ORDER BY p.id
SELECT p.id, x.n FROM shop.product p LEFT JOIN LATERAL (SELECT count(*) AS n FROM shop.sale WHERE product_id = p.id) x ON true ORDER BY p.id
SELECT g, s FROM generate_series(1, 2) g, LATERAL generate_series(g, 3) s
SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a', 'b', 'c'])) WITH ORDINALITY AS r (n, t, o)
SELECT (SELECT count(*) FROM shop.sale), (SELECT max(label) FROM shop.product WHERE id = (SELECT min(product_id) FROM shop.sale))
SELECT id FROM shop.product WHERE (category, price) IN (SELECT category, max(price) FROM shop.product GROUP BY category) ORDER BY id
SELECT id FROM shop.product WHERE price > ALL (SELECT price FROM shop.product WHERE category = 'paper') OR price = ANY (SELECT 0.80) ORDER BY id
SELECT a.id, b.id FROM shop.staff a FULL JOIN shop.staff b ON a.id = b.boss ORDER BY 1, 2
SELECT * FROM shop.sale JOIN (SELECT id AS product_id, label FROM shop.product) p USING (product_id) ORDER BY sale.id LIMIT 2
SELECT * FROM (SELECT 1 AS id, 'a' AS x) l NATURAL JOIN (SELECT 1 AS id, 'b' AS y) r
SELECT j.a, j.label FROM (shop.sale s JOIN shop.product p ON p.id = s.product_id) AS j (a, b, c, d, e, f, g, h, label) ORDER BY j.a LIMIT 2
