-- Joins, subqueries, WITH and set operations on protected tables
SELECT c.*, o.id AS order_id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id ORDER BY c.id, o.id
SELECT a.name, b.name FROM customers a JOIN customers b ON a.region_id = b.region_id AND a.id < b.id ORDER BY a.id, b.id
SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total > 5) ORDER BY id
SELECT o.id, (SELECT name FROM customers c WHERE c.id = o.customer_id) FROM orders o ORDER BY o.id
SELECT id FROM orders o WHERE EXISTS (SELECT FROM customers c WHERE c.id = o.customer_id AND c.name LIKE 'A%') ORDER BY id
SELECT c.name, l.total FROM customers c LEFT JOIN LATERAL (SELECT total FROM orders WHERE customer_id = c.id ORDER BY id DESC LIMIT 1) l ON true ORDER BY c.id
WITH rich AS (SELECT id, name FROM customers WHERE credit > 100) SELECT * FROM rich ORDER BY id
WITH customers AS (SELECT id, name FROM public.customers WHERE region_id = 1) SELECT name FROM customers ORDER BY id
WITH RECURSIVE t AS (SELECT id, "Full Name", 1 AS depth FROM hr.employees WHERE boss IS NULL UNION ALL SELECT e.id, e."Full Name", depth + 1 FROM hr.employees e JOIN t ON e.boss = t.id) SELECT * FROM t ORDER BY id
SELECT name FROM customers UNION SELECT name FROM regions ORDER BY 1
SELECT id FROM customers EXCEPT SELECT customer_id FROM orders ORDER BY 1
SELECT id, name FROM customers INTERSECT SELECT id, name FROM customers WHERE id = 1
SELECT * FROM (SELECT name AS label, credit FROM customers) x WHERE credit > 0 ORDER BY label
SELECT x.a, x.b FROM customers AS x (a, b) ORDER BY x.a
SELECT public.customers.name FROM public.customers WHERE public.customers.id = 1
SELECT c.id, r.name FROM customers c, regions r WHERE r.id = c.region_id ORDER BY 1
SELECT * FROM customers NATURAL JOIN archive.customers a ORDER BY 1
SELECT id, o.total FROM customers JOIN (SELECT customer_id AS id, total FROM orders) o USING (id) ORDER BY id, total
SELECT name FROM customers FULL JOIN orders ON customers.id = orders.customer_id ORDER BY customers.id, orders.id
TABLE customer_contacts ORDER BY id
SELECT name FROM customers ORDER BY id LIMIT 2 OFFSET 1
SELECT name FROM customers WHERE name = 'A****' AND phone = 'x' ORDER BY id
SELECT id FROM customers WHERE born BETWEEN '1815-01-01' AND '1906-12-31' ORDER BY id
SELECT id FROM customers WHERE (name, region_id) IN (SELECT name, region_id FROM customers WHERE id < 3) ORDER BY id
SELECT count(*) FROM customers c CROSS JOIN regions
SELECT j.* FROM (orders o JOIN customers c ON c.id = o.customer_id) AS j ORDER BY j.total
SELECT j FROM (regions r JOIN (customers c CROSS JOIN (VALUES (1)) AS v (one)) AS i ON i.region_id = r.id) AS j ORDER BY j::text
SELECT j.n, j.phone, x.* FROM (regions r JOIN customers c ON c.region_id = r.id) AS j (a, b, i, n), LATERAL (SELECT j.*) AS x ORDER BY 1
SELECT name, count(*), max(region_id) FROM (customers c CROSS JOIN (VALUES (1)) AS v (one)) AS j GROUP BY id, name ORDER BY id
SELECT e."Full Name", b."Full Name" AS boss FROM hr.employees e LEFT JOIN hr.employees b ON b.id = e.boss ORDER BY e.id
SELECT public.customers.name, archive.customers.closed FROM public.customers JOIN archive.customers ON archive.customers.id = public.customers.id ORDER BY 1
SELECT customers.name FROM customers WHERE NOT EXISTS (SELECT FROM archive.customers WHERE archive.customers.id = public.customers.id) ORDER BY customers.id
SELECT public.customers.name, (SELECT max(public.customers.phone || closed) FROM archive.customers) FROM public.customers ORDER BY public.customers.id
SELECT id, count(*), max("Full Name") FROM hr.employees GROUP BY id ORDER BY id
