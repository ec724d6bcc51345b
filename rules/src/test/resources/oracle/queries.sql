-- Queries on protected relations, one to a paragraph. Each gives on the tables, rewritten, what it gives on masked views that are
-- written by hand. A line "-- views:" gives the text for the views where PostgreSQL does not take the query's own on views.

SELECT * FROM customers ORDER BY id

SELECT id, name, email FROM customers WHERE id = 1

SELECT c.* FROM customers c ORDER BY c.id

SELECT c.*, c.id + 1 AS next FROM customers AS c ORDER BY c.id

SELECT customers.name, public.customers.id FROM public.customers ORDER BY 2

SELECT public.customers.* FROM public.customers ORDER BY id

SELECT ALL name FROM customers

SELECT DISTINCT name FROM customers

SELECT DISTINCT name, phone FROM customers ORDER BY name, phone

SELECT DISTINCT ON (region_id) region_id, id, name FROM customers ORDER BY region_id, id

SELECT DISTINCT ON (name, region_id) id FROM customers ORDER BY name, region_id, id DESC

SELECT id AS "Id", name label, email AS "E Mail" FROM customers ORDER BY "Id"

SELECT upper(name), lower(c.phone), length(note) FROM customers c ORDER BY id

SELECT name || ' ' || coalesce(phone, '-') AS joined FROM customers ORDER BY id

SELECT count(*) FROM customers

SELECT count(name), count(DISTINCT name), count(email) FROM customers

SELECT min(born), max(born), sum(credit), avg(credit)::numeric(12,4) FROM customers

SELECT name, count(*) FROM customers GROUP BY name ORDER BY name

SELECT name, count(*) FROM customers GROUP BY 1 HAVING count(*) > 1

SELECT substr(name, 1, 1) AS initial, sum(credit) FROM customers GROUP BY initial ORDER BY initial

SELECT region_id, name, count(*) FROM customers GROUP BY ROLLUP (region_id, name) ORDER BY 1, 2, 3

SELECT region_id, name, count(*), grouping(region_id, name) FROM customers GROUP BY CUBE (region_id, name)

SELECT region_id, name, count(*) FROM customers GROUP BY GROUPING SETS ((region_id), (name), ())

SELECT region_id, name, count(*) FROM customers GROUP BY DISTINCT ROLLUP (region_id), name

SELECT count(*) FROM customers GROUP BY ()

SELECT c.id, c.name, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name ORDER BY c.id

-- views: SELECT c.id, c.name, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name ORDER BY c.id
SELECT c.id, c.name, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY c.id

SELECT id FROM customers WHERE name LIKE 'A%' ORDER BY id

SELECT id FROM customers WHERE name NOT LIKE 'A%' ESCAPE '!' ORDER BY id

SELECT id FROM customers WHERE name ILIKE 'a%' ORDER BY id

SELECT id FROM customers WHERE name SIMILAR TO '(A|B)%' ORDER BY id

SELECT id FROM customers WHERE name ~ '^A' AND name !~* 'zz' ORDER BY id

SELECT id FROM customers WHERE email IS NULL ORDER BY id

SELECT id FROM customers WHERE note IS NOT NULL ORDER BY id

SELECT id FROM customers WHERE note NOTNULL AND email ISNULL ORDER BY id

SELECT id FROM customers WHERE credit BETWEEN 100 AND 1500 ORDER BY id

SELECT id FROM customers WHERE credit NOT BETWEEN SYMMETRIC 1500 AND 100 ORDER BY id

SELECT id FROM customers WHERE name IN ('A****', 'x') ORDER BY id

SELECT id FROM customers WHERE name NOT IN ('A****', 'x') ORDER BY id

SELECT id FROM customers WHERE (name, id) IN (('A****', 1), ('B****', 3)) ORDER BY id

SELECT id FROM customers WHERE (region_id, id) < (2, 5) ORDER BY id

SELECT id FROM customers WHERE ROW (region_id, name) = ROW (1, 'A****') ORDER BY id

SELECT id FROM customers WHERE ROW (email, note) IS NULL ORDER BY id

SELECT id FROM customers WHERE name = ANY (ARRAY['A****', 'B****']) ORDER BY id

SELECT id FROM customers WHERE name <> ALL ('{A****,B****}'::text[]) ORDER BY id

SELECT id FROM customers WHERE name = SOME (SELECT name FROM customers WHERE id < 3) ORDER BY id

SELECT id FROM customers WHERE credit >= ALL (SELECT credit FROM customers WHERE credit IS NOT NULL)

SELECT id FROM customers WHERE born IS DISTINCT FROM date '1912-01-01' ORDER BY id

SELECT id FROM customers WHERE email IS NOT DISTINCT FROM NULL ORDER BY id

SELECT id FROM customers WHERE (credit > 100) IS TRUE ORDER BY id

SELECT id FROM customers WHERE (credit > 100) IS NOT UNKNOWN AND NOT (credit > 1000) ORDER BY id

SELECT id FROM customers WHERE born > date '1900-01-01' OR NOT id > 2 AND region_id = 1 ORDER BY id

SELECT id, CASE WHEN name LIKE 'A%' THEN 'a' WHEN name IS NULL THEN 'none' ELSE 'other' END AS class FROM customers ORDER BY id

SELECT id, CASE name WHEN 'A****' THEN 1 WHEN 'B****' THEN 2 END FROM customers ORDER BY id

SELECT COALESCE(email, phone, 'none'), NULLIF(name, 'A****'), GREATEST(credit, 100), LEAST(id, 3) FROM customers ORDER BY id

SELECT CAST(id AS text), CAST(born AS timestamp), credit::int, born::text::varchar(4), name::char(3) FROM customers ORDER BY id

SELECT id, credit * 2 + 1, -credit, +credit, credit / 3, id % 2, id ^ 2, @ (-id), id & 1, id | 8, id # 3, ~id, id << 1, id >> 1 FROM customers ORDER BY id

SELECT id, EXTRACT(year FROM born), EXTRACT('month' FROM born), date_part('day', born) FROM customers ORDER BY id

SELECT id, SUBSTRING(name FROM 1 FOR 1), SUBSTRING(name FROM 2), POSITION('*' IN name), OVERLAY(name PLACING 'Z' FROM 1 FOR 1) FROM customers ORDER BY id

SELECT id, TRIM(BOTH '*' FROM name), TRIM(TRAILING FROM phone), TRIM(name), btrim(name, '*') FROM customers ORDER BY id

SELECT id, born + 1, born - date '1900-01-01', born + interval '1 month', age(date '2000-01-01', born) FROM customers ORDER BY id

SELECT id, placed AT TIME ZONE 'UTC', (SELECT name FROM customers c WHERE c.id = o.customer_id) FROM orders o ORDER BY id

SELECT ARRAY[name, note], ARRAY[[1, id], [2, 3]] FROM customers ORDER BY id

SELECT ARRAY(SELECT name FROM customers ORDER BY id) AS names

SELECT (ARRAY(SELECT name FROM customers ORDER BY id))[1], (ARRAY(SELECT id FROM customers ORDER BY id))[2:3]

SELECT array_agg(name ORDER BY id DESC) FROM customers

SELECT string_agg(DISTINCT name, ',' ORDER BY name) FROM customers

SELECT count(*) FILTER (WHERE name LIKE 'A%'), sum(credit) FILTER (WHERE region_id = 1) FROM customers

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY credit), mode() WITHIN GROUP (ORDER BY name) FROM customers

SELECT json_agg(name ORDER BY id), jsonb_object_agg(id, name) FROM customers

SELECT row_to_json(c) FROM customers c ORDER BY id

SELECT to_jsonb(c) -> 'name', to_jsonb(c) ->> 'email', to_jsonb(c) #>> '{note}' FROM customers c ORDER BY id

SELECT id FROM customers c WHERE to_jsonb(c) @> '{"name": "A****"}' ORDER BY id

SELECT id FROM customers c WHERE to_jsonb(c) ? 'email' ORDER BY id

SELECT id FROM customers c WHERE to_jsonb(c) ?| ARRAY['email', 'zz'] ORDER BY id

SELECT c::text FROM customers c ORDER BY id

SELECT (c).name, (c).credit FROM customers c ORDER BY (c).id

SELECT name(c) FROM customers c ORDER BY c.id

SELECT (c.*)::text FROM customers c ORDER BY id

SELECT ROW(c.*)::text, ROW(id, name)::text FROM customers c ORDER BY id

SELECT count(c) FROM customers c

SELECT c IS NULL, c IS NOT NULL FROM customers c ORDER BY id

SELECT a.id FROM customers a, customers b WHERE a = b ORDER BY a.id

SELECT a, b FROM customers AS c (a, b) ORDER BY a

SELECT c.a, c.region_id FROM customers c (a) ORDER BY a

SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.id

SELECT c.name, o.total FROM customers c INNER JOIN orders o ON o.customer_id = c.id AND c.name LIKE 'A%' ORDER BY o.id

SELECT c.id, o.id FROM customers c LEFT OUTER JOIN orders o ON o.customer_id = c.id ORDER BY 1, 2

SELECT c.id, o.id FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id ORDER BY 1, 2

SELECT c.name, r.name FROM customers c FULL OUTER JOIN regions r ON r.id = c.region_id ORDER BY 1, 2

SELECT c.id, r.id FROM customers c CROSS JOIN regions r ORDER BY 1, 2

SELECT * FROM customers a JOIN customers b USING (id) ORDER BY id

SELECT * FROM customers JOIN orders USING (id)

SELECT name, a.id, b.id FROM customers a JOIN customers b USING (name) ORDER BY 1, 2, 3

SELECT x.name, a.id FROM customers a JOIN customers b USING (name) AS x ORDER BY 1, 2

SELECT * FROM customers NATURAL JOIN (SELECT 1 AS id, 'here'::text AS place) x

SELECT * FROM (VALUES (1, 'A****'::varchar)) v (id, name) NATURAL LEFT JOIN customers

SELECT * FROM customers c JOIN (orders o JOIN regions r ON r.id = o.id % 4) ON c.id = o.customer_id ORDER BY o.id

SELECT j.name FROM (customers c JOIN orders o ON o.customer_id = c.id) AS j (id, name) ORDER BY 1

SELECT a.id, b.id, c.id FROM customers a, customers b, hr.employees c WHERE a.name < b.name AND c.id = 1 ORDER BY 1, 2

SELECT c.name FROM ONLY customers c ORDER BY c.id

SELECT c.name FROM customers * c ORDER BY c.id

SELECT * FROM (SELECT name, id FROM customers) sub WHERE name LIKE 'A%' ORDER BY id

SELECT sub.n FROM (SELECT name, id FROM customers) AS sub (n, i) ORDER BY i

SELECT * FROM (SELECT * FROM (SELECT * FROM customers) a) b ORDER BY id

SELECT (SELECT name FROM customers WHERE id = 1), (SELECT max(salary) FROM hr.employees)

SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE name LIKE 'A%') ORDER BY id

SELECT id FROM orders WHERE customer_id NOT IN (SELECT id FROM customers WHERE name LIKE 'A%') ORDER BY id

SELECT id FROM orders o WHERE EXISTS (SELECT FROM customers c WHERE c.id = o.customer_id AND c.credit > 100) ORDER BY id

SELECT id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id AND c.email IS NOT NULL) ORDER BY id

SELECT id FROM orders WHERE (customer_id, 'A****') = ANY (SELECT id, name FROM customers) ORDER BY id

SELECT id FROM orders WHERE customer_id > ALL (SELECT id FROM customers WHERE name LIKE 'A%' AND id < 3) ORDER BY id

SELECT o.id, x.name FROM orders o, LATERAL (SELECT name FROM customers c WHERE c.id = o.customer_id) x ORDER BY o.id

SELECT c.id, x.total FROM customers c LEFT JOIN LATERAL (SELECT total FROM orders o WHERE o.customer_id = c.id ORDER BY id LIMIT 1) x ON true ORDER BY c.id

SELECT c.id, g.n FROM customers c, generate_series(1, c.id) AS g (n) ORDER BY 1, 2

SELECT c.id, w.* FROM customers c CROSS JOIN LATERAL regexp_split_to_table(c.name, '\*+') WITH ORDINALITY AS w (piece, n) ORDER BY 1, 3

SELECT c.id, r.a, r.b FROM customers c, ROWS FROM (generate_series(1, 2), unnest(ARRAY[c.name, c.note])) AS r (a, b) ORDER BY 1, 2

SELECT c.id, j.key, j.value FROM customers c, jsonb_each_text(to_jsonb(c)) j WHERE c.id = 1 ORDER BY 2

SELECT x.a, x.b FROM customers c, jsonb_to_record(jsonb_build_object('a', c.id, 'b', c.name)) AS x (a int, b text) ORDER BY 1

WITH c AS (SELECT * FROM customers) SELECT name FROM c ORDER BY id

WITH c (i, n) AS (SELECT id, name FROM customers) SELECT n FROM c ORDER BY i

WITH c AS MATERIALIZED (SELECT * FROM customers), o AS NOT MATERIALIZED (SELECT * FROM orders) SELECT c.name, o.total FROM c JOIN o ON o.customer_id = c.id ORDER BY o.id

WITH customers AS (SELECT id, name FROM customers WHERE id < 3) SELECT * FROM customers ORDER BY id

WITH a AS (SELECT name FROM customers WHERE id = 1), customers AS (SELECT 'mine'::text AS name) SELECT a.name, customers.name FROM a, customers

WITH customers AS (SELECT 'mine'::text AS name) SELECT c.name FROM public.customers c ORDER BY c.id

WITH a AS (WITH customers AS (SELECT 7 AS id) SELECT id FROM customers) SELECT a.id, c.id FROM a, customers c ORDER BY c.id

SELECT (WITH x AS (SELECT name FROM customers WHERE id = o.customer_id) SELECT name FROM x) FROM orders o ORDER BY o.id

WITH RECURSIVE up AS (SELECT id, boss, salary FROM hr.employees WHERE id = 4 UNION ALL SELECT e.id, e.boss, e.salary FROM hr.employees e JOIN up ON e.id = up.boss) SELECT id, salary FROM up ORDER BY id

WITH RECURSIVE down (id, depth) AS (SELECT id, 0 FROM hr.employees WHERE boss IS NULL UNION SELECT e.id, d.depth + 1 FROM hr.employees e, down d WHERE e.boss = d.id) SELECT * FROM down ORDER BY 1

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT i, name FROM n JOIN customers ON id = i ORDER BY i

WITH RECURSIVE t AS (SELECT id, boss FROM hr.employees WHERE boss IS NULL UNION ALL SELECT e.id, e.boss FROM hr.employees e JOIN t ON e.boss = t.id) SEARCH DEPTH FIRST BY id SET ord SELECT id FROM t ORDER BY ord

WITH RECURSIVE t AS (SELECT id, boss FROM hr.employees WHERE id = 1 UNION ALL SELECT e.id, e.boss FROM hr.employees e JOIN t ON e.boss = t.id) CYCLE id SET looped USING path SELECT id, looped FROM t ORDER BY id

WITH ins AS (INSERT INTO regions SELECT 100 + id, name FROM customers RETURNING *) SELECT * FROM ins ORDER BY id

WITH up AS (UPDATE orders o SET total = c.credit FROM customers c WHERE c.id = o.customer_id RETURNING o.id, o.total, c.name) SELECT * FROM up ORDER BY id

WITH del AS (DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.name LIKE 'A%' RETURNING o.id) SELECT count(*) FROM del

INSERT INTO regions SELECT 100 + id, name FROM customers RETURNING id, name

INSERT INTO regions (id, name) SELECT id, name FROM customers ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING *

INSERT INTO regions (id, name) SELECT id, name FROM customers ON CONFLICT DO NOTHING RETURNING *

INSERT INTO regions (id, name) VALUES (50, (SELECT name FROM customers WHERE id = 1)), (51, 'plain') RETURNING *

INSERT INTO orders AS o (id, total) OVERRIDING USER VALUE SELECT 200 + id, credit FROM customers RETURNING o.id, o.total

UPDATE orders o SET total = 0 FROM customers c WHERE c.id = o.customer_id AND c.name = 'A****' RETURNING o.id

UPDATE orders SET total = (SELECT credit FROM customers c WHERE c.id = orders.customer_id) RETURNING id, total

UPDATE orders SET (total, placed) = (SELECT credit, born::timestamptz FROM customers c WHERE c.id = orders.customer_id) RETURNING id, total

DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.name = 'A****' RETURNING o.*

DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE credit > 1000)

MERGE INTO regions r USING customers c ON c.id = r.id WHEN MATCHED AND c.name LIKE 'A%' THEN UPDATE SET name = c.name WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT (id, name) VALUES (c.id, c.name)

MERGE INTO orders AS o USING (SELECT id, credit FROM customers) AS c ON c.id = o.customer_id WHEN MATCHED AND c.credit > 1000 THEN DELETE WHEN MATCHED THEN UPDATE SET total = c.credit

SELECT name FROM customers UNION SELECT "Full Name" FROM hr.employees

SELECT name FROM customers UNION ALL SELECT "Full Name" FROM hr.employees ORDER BY 1

SELECT name FROM customers INTERSECT SELECT name FROM customers WHERE id > 2

SELECT name FROM customers EXCEPT SELECT name FROM customers WHERE id > 4

SELECT id FROM customers EXCEPT ALL SELECT id FROM orders UNION SELECT id FROM hr.employees ORDER BY id

(SELECT id FROM customers ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM customers ORDER BY id DESC FETCH FIRST ROW ONLY)

(SELECT name FROM customers INTERSECT ALL SELECT name FROM customers) EXCEPT DISTINCT SELECT 'A****'

((SELECT id FROM customers)) ORDER BY id

SELECT id FROM customers ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY

SELECT id FROM customers ORDER BY id LIMIT 2 OFFSET 1

SELECT id FROM customers ORDER BY id OFFSET 1 LIMIT ALL

SELECT name FROM customers ORDER BY name FETCH FIRST 1 ROWS WITH TIES

SELECT id FROM customers ORDER BY name DESC NULLS LAST, credit ASC NULLS FIRST, id USING >

SELECT id, name FROM customers ORDER BY lower(name), id

SELECT id, rank() OVER (ORDER BY credit), row_number() OVER (ORDER BY id) FROM customers ORDER BY id

SELECT id, sum(credit) OVER (PARTITION BY region_id ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customers ORDER BY id

SELECT id, lag(name) OVER w, first_value(name) OVER (w ROWS UNBOUNDED PRECEDING) FROM customers WINDOW w AS (PARTITION BY region_id ORDER BY id) ORDER BY id

SELECT id, count(*) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM customers ORDER BY id

SELECT id, max(credit) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) FROM customers ORDER BY id

SELECT id, count(*) FILTER (WHERE name LIKE 'A%') OVER () FROM customers ORDER BY id

SELECT region_id, sum(count(*)) OVER (ORDER BY region_id) FROM customers GROUP BY region_id ORDER BY region_id

TABLE customers ORDER BY id

TABLE hr.employees ORDER BY id LIMIT 2

SELECT * FROM (TABLE customers) t ORDER BY id

WITH t AS (TABLE customers) TABLE t ORDER BY id

VALUES ((SELECT name FROM customers WHERE id = 1)), ('two'), (NULL)

SELECT v.n, c.name FROM (VALUES (1), (2)) AS v (n) JOIN customers c ON c.id = v.n ORDER BY 1

SELECT "Full Name", "salary", e."boss" FROM "hr"."employees" AS e ORDER BY id

SELECT NAME, Id FROM Public.CUSTOMERS ORDER BY ID

SELECT name FROM U&"cu\0073tomers" ORDER BY id

SELECT name/* c */FROM public/*x*/./*y*/customers--z
ORDER BY id

SELECT name FROM"customers"WHERE"id"=1

SELECT 'O''Hara', E'a\'b', $q$c'd$q$, U&'d\0061t', B'101', X'1F', N'n', 1.5e3, .5, 'a'
'b' FROM customers WHERE id = 1

SELECT id, date '2020-01-01', timestamp '2020-01-01 00:00', interval '1' day, interval '1-2' year to month, int '5', bool 't' FROM customers WHERE id = 1

SELECT true, false, null, current_date = current_date, current_user = session_user, localtime = localtime FROM customers WHERE id = 1

SELECT id, who FROM events ORDER BY id

SELECT id, who FROM events_2025 ORDER BY id

SELECT * FROM customer_contacts ORDER BY id

SELECT c.email, cc.shout FROM customers c JOIN customer_contacts cc USING (id) ORDER BY id

SELECT email, shout FROM customer_contacts WHERE shout IS NULL ORDER BY id

SELECT c.closed, d.name FROM archive.customers c JOIN customers d ON d.id = c.id

SELECT c.name, n.topic FROM customers c, newsletters n ORDER BY c.id, n.topic

SELECT id FROM customers WHERE twice(id) > 4 ORDER BY id

SELECT name COLLATE "C" FROM customers ORDER BY name COLLATE "C", id

SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = customers.id) AS orders, customers.name FROM customers ORDER BY customers.id

SELECT id FROM customers WHERE id = (SELECT min(id) FROM orders WHERE customer_id = customers.id) - 9

SELECT s.id FROM customers s WHERE (s.born, s.born + 1) OVERLAPS (date '1912-01-01', date '1912-12-31')

SELECT name AS id, id AS name FROM customers ORDER BY name

SELECT name IS NORMALIZED, normalize(name, NFC) FROM customers ORDER BY id

SELECT id, xmlelement(name person, xmlattributes(id AS nr), name) FROM customers ORDER BY id

SELECT FROM customers

SELECT 1 FROM customers WHERE false

SELECT id IN (1, 2) AS few, id BETWEEN 1 AND 2 AND true, NOT id = 1 FROM customers ORDER BY id

SELECT jsonb_path_query_array(to_jsonb(c), '$.name') FROM customers c ORDER BY id

SELECT format('%s-%s', id, name), concat_ws('/', VARIADIC ARRAY[name, note]) FROM customers ORDER BY id

SELECT make_date(year => 2020, month => 1, day => id) FROM customers ORDER BY id

-- views: SELECT id, name FROM customers WHERE id < 3 ORDER BY id
SELECT id, name FROM customers WHERE id < 3 ORDER BY id FOR UPDATE

-- views: SELECT c.id, c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.id
SELECT c.id, c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.id FOR SHARE OF c SKIP LOCKED

-- views: SELECT id, name FROM customers ORDER BY id
SELECT id, name FROM customers TABLESAMPLE bernoulli (100) REPEATABLE (1) ORDER BY id

-- views: SELECT c.name FROM customers c ORDER BY c.id
SELECT c.name FROM customers c TABLESAMPLE system (100) ORDER BY c.id

SELECT c.id, count(*) FROM customers c (name, id) GROUP BY c.id

SELECT id, count(*) FROM customers GROUP BY customers.id

-- views: SELECT c.id, c.name, count(*) FROM customers c JOIN archive.customers a USING (id) GROUP BY c.id, c.name
SELECT id, name, count(*) FROM customers c JOIN archive.customers a USING (id) GROUP BY id

-- views: SELECT p.id, p.nick, max(p.data::text), max(p.tags::text), max(p.place::text) FROM profiles p GROUP BY p.id, p.nick
SELECT p.id, p.nick, max(p.data::text), max(p.tags::text), max(p.place::text) FROM profiles p GROUP BY p.id

SELECT data ->> 'a', data -> 'a', tags[1], place, nick FROM profiles ORDER BY id
