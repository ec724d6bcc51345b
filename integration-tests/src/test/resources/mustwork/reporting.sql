-- Reporting and BI
SELECT store, count(*) AS sales, sum(quantity) AS pieces FROM shop.sale GROUP BY store ORDER BY store
SELECT p.category, round(avg(p.price), 2) AS mean, min(p.price), max(p.price) FROM shop.product p GROUP BY p.category ORDER BY p.category NULLS LAST
SELECT date_trunc('month', s.sold AT TIME ZONE 'UTC') AS month, sum(s.quantity * p.price * (100 - coalesce(s.discount, 0)) / 100.0)::numeric(12,2) AS revenue FROM shop.sale s JOIN shop.product p ON p.id = s.product_id GROUP BY 1 ORDER BY 1
SELECT p.label, coalesce(sum(s.quantity), 0) AS sold FROM shop.product p LEFT JOIN shop.sale s ON s.product_id = p.id GROUP BY p.id ORDER BY sold DESC, p.label
SELECT store, category, sum(quantity) FROM shop.sale JOIN shop.product ON product.id = product_id GROUP BY ROLLUP (store, category) ORDER BY store NULLS LAST, category NULLS LAST
SELECT store, category, grouping(store, category) AS level, sum(quantity) FROM shop.sale JOIN shop.product ON product.id = product_id GROUP BY CUBE (store, category) ORDER BY 3, 1, 2
SELECT store, size, count(*) FROM shop.sale JOIN shop.product ON product.id = product_id GROUP BY GROUPING SETS ((store), (size), ()) ORDER BY 1, 2
SELECT store, count(*) FILTER (WHERE quantity > 5) AS big, count(*) FILTER (WHERE discount > 0) AS discounted FROM shop.sale GROUP BY store HAVING count(*) > 1 ORDER BY store
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price), percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY price), mode() WITHIN GROUP (ORDER BY category) FROM shop.product
SELECT string_agg(DISTINCT store, ', ' ORDER BY store) FROM shop.sale
SELECT corr(quantity, discount), regr_slope(quantity, discount), stddev_pop(quantity)::numeric(10,4), variance(quantity)::numeric(10,4) FROM shop.sale
SELECT bool_and(price > 0), bool_or(price > 40), every(price < 100), bit_or(id), bit_and(id) FROM shop.product
SELECT width_bucket(price, 0, 50, 5) AS bucket, count(*) FROM shop.product GROUP BY bucket ORDER BY bucket
SELECT CASE WHEN price < 1 THEN 'cheap' WHEN price < 20 THEN 'fair' ELSE 'dear' END AS band, count(*) FROM shop.product GROUP BY 1 ORDER BY 1
SELECT * FROM shop.turnover ORDER BY total DESC
SELECT category, n FROM shop.category_count ORDER BY n DESC, category
SELECT store, to_char(sum(quantity), 'FM999,990') AS pieces FROM shop.sale GROUP BY store ORDER BY 1
SELECT d::date AS day, coalesce(sum(s.quantity), 0) AS pieces FROM generate_series('2025-03-01'::date, '2025-03-03', '1 day') d LEFT JOIN shop.sale s ON (s.sold AT TIME ZONE 'UTC')::date = d GROUP BY d ORDER BY d
SELECT DISTINCT ON (store) store, sold, quantity FROM shop.sale ORDER BY store, sold DESC
SELECT p.label, s.store FROM shop.product p CROSS JOIN (SELECT DISTINCT store FROM shop.sale) s WHERE NOT EXISTS (SELECT FROM shop.sale x WHERE x.product_id = p.id AND x.store = s.store) ORDER BY 1, 2
SELECT extract(isodow FROM sold) AS day, count(*) FROM shop.sale GROUP BY day ORDER BY day
SELECT "product"."category" AS "Category", SUM("sale"."quantity") AS "Pieces" FROM "shop"."sale" "sale" INNER JOIN "shop"."product" "product" ON ("sale"."product_id" = "product"."id") GROUP BY "product"."category" ORDER BY "Pieces" DESC LIMIT 1000
SELECT t."store", CAST(SUM(t."quantity") AS double precision) AS "sum" FROM (SELECT * FROM shop.sale WHERE quantity >= 2) AS t GROUP BY t."store" ORDER BY "sum" DESC NULLS LAST FETCH FIRST 2 ROWS ONLY
SELECT count(*), count(DISTINCT category), sum(price), avg(price) FROM shop.product WHERE added BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
SELECT * FROM (VALUES ('low', 0, 5), ('high', 5, 100)) AS band (name, low, high) JOIN shop.product ON price >= low AND price < high ORDER BY id
SELECT s.*, p.label FROM shop.sale s JOIN LATERAL (SELECT label FROM shop.product WHERE id = s.product_id) p ON true ORDER BY s.id
SELECT at, value FROM shop.measure WHERE at < '2026-01-01' ORDER BY at
SELECT tableoid::regclass AS part, count(*) FROM shop.measure GROUP BY 1 ORDER BY 1
SELECT (home).city, home FROM shop.staff WHERE home IS NOT NULL ORDER BY id
SELECT count(*) FROM shop.product TABLESAMPLE SYSTEM (100) REPEATABLE (1)
SELECT count(*) FROM ONLY shop.product
TABLE shop.stock ORDER BY sku
