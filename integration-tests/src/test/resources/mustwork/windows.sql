-- Window functions
SELECT id, store, row_number() OVER (PARTITION BY store ORDER BY sold), rank() OVER (ORDER BY quantity DESC), dense_rank() OVER (ORDER BY store) FROM shop.sale ORDER BY id
SELECT id, sum(quantity) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running, avg(quantity) OVER (ORDER BY id ROWS 2 PRECEDING)::numeric(8,2) FROM shop.sale ORDER BY id
SELECT id, lag(quantity, 1, 0) OVER w, lead(quantity) OVER w, first_value(id) OVER w, last_value(id) OVER (w RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), nth_value(id, 2) OVER w FROM shop.sale WINDOW w AS (PARTITION BY store ORDER BY id) ORDER BY id
SELECT ntile(3) OVER (ORDER BY id), percent_rank() OVER (ORDER BY id)::numeric(6,3), cume_dist() OVER (ORDER BY id)::numeric(6,3) FROM shop.sale ORDER BY id
SELECT store, sum(quantity), sum(sum(quantity)) OVER (ORDER BY store) FROM shop.sale GROUP BY store ORDER BY store
SELECT id, count(*) OVER (ORDER BY sold RANGE BETWEEN '2 days' PRECEDING AND CURRENT ROW) FROM shop.sale ORDER BY id
SELECT id, array_agg(id) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM shop.sale ORDER BY id
SELECT id, count(*) FILTER (WHERE quantity > 5) OVER (PARTITION BY store) FROM shop.sale ORDER BY id
SELECT * FROM (SELECT store, id, row_number() OVER (PARTITION BY store ORDER BY quantity DESC, id) AS n FROM shop.sale) x WHERE n = 1 ORDER BY store
SELECT id, quantity - lag(quantity) OVER (PARTITION BY product_id ORDER BY sold) AS change FROM shop.sale ORDER BY id
SELECT max(quantity) OVER (), min(quantity) OVER (PARTITION BY product_id) FROM shop.sale ORDER BY 2, id
