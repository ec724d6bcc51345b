-- Reporting on protected tables
SELECT * FROM customers ORDER BY id
SELECT id, name, email, phone FROM customers WHERE id < 3 ORDER BY id
SELECT region_id, count(*), count(name), count(DISTINCT name), sum(credit), min(born), max(born) FROM customers GROUP BY region_id ORDER BY region_id
SELECT r.name AS region, count(c.id) AS customers, round(avg(c.credit), 2) AS mean FROM regions r LEFT JOIN customers c ON c.region_id = r.id GROUP BY r.name ORDER BY r.name
SELECT c.name, sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name ORDER BY c.id
SELECT extract(year FROM born) AS year, count(*) FROM customers GROUP BY year ORDER BY year
SELECT CASE WHEN credit >= 1000 THEN 'high' WHEN credit IS NULL THEN 'none' ELSE 'low' END AS band, count(*) FROM customers GROUP BY 1 ORDER BY 1
SELECT region_id, string_agg(name, ',' ORDER BY id) FROM customers GROUP BY region_id ORDER BY region_id
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY credit), mode() WITHIN GROUP (ORDER BY name) FROM customers
SELECT id, rank() OVER (ORDER BY credit DESC NULLS LAST), sum(credit) OVER (PARTITION BY region_id ORDER BY id) FROM customers ORDER BY id
SELECT id, lag(name) OVER (ORDER BY id), first_value(name) OVER (PARTITION BY region_id ORDER BY id) FROM customers ORDER BY id
SELECT region_id, name, count(*) FROM customers GROUP BY ROLLUP (region_id, name) ORDER BY 1, 2
SELECT DISTINCT ON (region_id) region_id, name FROM customers ORDER BY region_id, id
SELECT date_trunc('month', o.placed AT TIME ZONE 'UTC') AS month, count(DISTINCT c.id), sum(o.total) FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY 1 ORDER BY 1
SELECT salary, count(*) FROM hr.employees GROUP BY salary ORDER BY salary
SELECT boss, avg(salary)::int, max("Full Name") FROM hr.employees GROUP BY boss ORDER BY boss
SELECT at, who FROM events ORDER BY id
SELECT count(*) FILTER (WHERE email IS NULL), count(*) FILTER (WHERE name LIKE 'A%') FROM customers
SELECT "customers"."region_id" AS "Region", COUNT("customers"."id") AS "Count" FROM "public"."customers" "customers" GROUP BY "customers"."region_id" ORDER BY "Count" DESC, 1 LIMIT 1000
SELECT * FROM customer_contacts ORDER BY id
SELECT name, credit FROM customers ORDER BY credit DESC NULLS LAST, id FETCH FIRST 3 ROWS ONLY
