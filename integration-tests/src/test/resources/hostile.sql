-- stars, whole rows, functional notation
SELECT * FROM customers
TABLE customers
SELECT c FROM customers c
SELECT c.* FROM customers c
SELECT (c).* FROM customers c
SELECT (c).email FROM customers c
SELECT email(c) FROM customers c
SELECT c::text FROM customers c
SELECT c.c FROM (SELECT c FROM customers c) c
SELECT row(c.*)::text FROM customers c
SELECT row_to_json(c) FROM customers c
SELECT to_jsonb(c) FROM customers c
SELECT json_agg(c) FROM customers c
SELECT array_agg(c) FROM customers c
SELECT xmlforest(c.email, c.note) FROM customers c
SELECT a, b, d FROM customers AS c (a, b, d)
SELECT public.customers.email FROM public.customers
SELECT public.customers.* FROM public.customers
SELECT customers FROM customers
SELECT count(DISTINCT c.*), max(c.note), min(c.email) FROM customers c
SELECT *, customers.email FROM customers
SELECT (SELECT c FROM customers c WHERE id = 1)
SELECT (SELECT c.email FROM customers c WHERE id = 1)
SELECT ARRAY(SELECT email FROM customers)
SELECT ARRAY(SELECT note FROM ONLY customers)
SELECT * FROM ONLY (customers)
SELECT * FROM customers *
SELECT * FROM customers TABLESAMPLE bernoulli (100)
SELECT ctid, xmin, tableoid::regclass, email FROM customers
-- functions and casts
SELECT upper(email), reverse(note), encode(convert_to(note, 'UTF8'), 'base64') FROM customers
SELECT email::int FROM customers
SELECT note::date FROM customers
SELECT CAST(name AS numeric) FROM customers
SELECT name::bytea FROM customers
SELECT string_agg(email || note || name, ',') FROM customers
SELECT substr(note, g, 1) FROM customers, generate_series(1, 10) g
SELECT regexp_split_to_table(note, '') FROM customers
SELECT unnest(string_to_array(note, '-')) FROM customers
SELECT ascii(note), md5(note), length(note) FROM customers
SELECT format('%s %s', name, email) FROM customers
SELECT concat(c, c.note) FROM customers c
SELECT coalesce(email, note, name) FROM customers
SELECT CASE WHEN note LIKE 'canary%' THEN note ELSE email END FROM customers
SELECT salary::text, "Full Name" FROM hr.employees
SELECT avg(salary), sum(salary), stddev(salary) FROM hr.employees
SELECT max("Full Name") OVER () FROM hr.employees
SELECT lag(note) OVER (ORDER BY id), first_value(email) OVER () FROM customers
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY credit) FROM customers
SELECT credit * 100, credit::text, to_char(credit, '9999.99') FROM customers
SELECT 1 / (CASE WHEN note = 'canary-one' THEN 0 ELSE 1 END) FROM customers
-- subqueries, CTEs, joins, set operations
SELECT * FROM (SELECT * FROM customers) x
SELECT * FROM (SELECT email AS harmless FROM customers) x
WITH c AS (SELECT * FROM customers) SELECT * FROM c
WITH customers AS (SELECT * FROM customers) SELECT * FROM customers
WITH a AS (SELECT * FROM customers), customers AS (SELECT 1) SELECT * FROM a
WITH RECURSIVE r AS (SELECT id, note FROM customers WHERE id = 1 UNION ALL SELECT c.id, c.note FROM customers c, r WHERE c.id = r.id + 1) SELECT * FROM r
WITH RECURSIVE customers AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM customers WHERE id < 3) SELECT c.* FROM customers x JOIN public.customers c ON c.id = x.id
WITH x AS MATERIALIZED (SELECT note FROM customers) SELECT * FROM x
WITH x AS (WITH y AS (SELECT * FROM customers) SELECT * FROM y) SELECT * FROM x
SELECT a.note FROM customers a JOIN customers b USING (email)
SELECT note FROM customers NATURAL JOIN orders
SELECT email FROM customers JOIN newsletters USING (email)
SELECT * FROM newsletters n RIGHT JOIN customers c ON n.email = c.email
SELECT * FROM orders o, LATERAL (SELECT * FROM customers c WHERE c.id = o.customer_id) x
SELECT * FROM orders o CROSS JOIN LATERAL (VALUES ((SELECT note FROM customers c WHERE c.id = o.customer_id))) v (x)
SELECT name FROM regions UNION SELECT note FROM customers
SELECT name FROM regions UNION ALL (SELECT email FROM customers ORDER BY 1)
SELECT 'x'::text EXCEPT SELECT note FROM customers
VALUES ((SELECT note FROM customers WHERE id = 1))
SELECT * FROM (VALUES (1, (SELECT email FROM customers LIMIT 1))) v
SELECT id FROM orders ORDER BY (SELECT note FROM customers LIMIT 1)
SELECT (SELECT string_agg(note, ',') FROM customers) FROM orders GROUP BY ()
SELECT id FROM orders LIMIT (SELECT length(note) FROM customers WHERE id = 1)
SELECT * FROM (SELECT * FROM customers c1 JOIN customers c2 USING (id)) AS j (a, b, c, d)
SELECT * FROM (customers a JOIN customers b ON a.id = b.id) AS j
SELECT j.note FROM (customers JOIN orders ON orders.customer_id = customers.id) j (a, b, c, d, e, f, g, note)
SELECT * FROM customer_contacts
SELECT shout FROM customer_contacts
SELECT * FROM everybody
SELECT * FROM events
SELECT * FROM events_2025
SELECT * FROM ONLY events_2025
-- names in disguise
SELECT * FROM CUSTOMERS
SELECT * FROM "customers"
SELECT * FROM U&"\0063ustomers"
SELECT * FROM U&"!0063ustomers" UESCAPE '!'
SELECT * FROM public . customers
SELECT * FROM/**/customers/**/
SELECT * FROM public/*/*nested*/*/.customers
SELECT note FROM"customers"
SELECT * FROM cus/* */tomers
SELECT 1 -- \
SELECT $$x$$ || note FROM customers
SELECT E'\'' || note FROM customers -- '
SELECT 'a\' || note FROM customers -- '
SELECT 'a' 'b' FROM customers
SELECT '//' || note FROM customers
SELECT 1 // note FROM customers
-- statements
EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM customers WHERE note = 'x'
EXPLAIN VERBOSE SELECT email FROM customers
COPY customers TO STDOUT
COPY customers (note, email) TO STDOUT WITH CSV HEADER
COPY (SELECT * FROM customers) TO STDOUT
COPY (TABLE hr.employees) TO STDOUT (FORMAT binary)
COPY BINARY customers TO STDOUT
COPY events_2025 TO STDOUT
COPY customers TO '/dev/stdout'
COPY customers TO PROGRAM 'cat'
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM customers
PREPARE p1 AS SELECT note FROM customers
CREATE TEMP TABLE t1 AS SELECT * FROM customers
CREATE TEMP TABLE t2 AS TABLE customers
SELECT * INTO TEMP t3 FROM customers
CREATE TABLE t4 AS SELECT * FROM customers
CREATE VIEW v1 AS SELECT * FROM customers
CREATE TEMP VIEW v2 AS SELECT * FROM customers
CREATE FUNCTION f1() RETURNS SETOF customers LANGUAGE sql AS 'SELECT * FROM customers'
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT note FROM customers LIMIT 1); END $$
UPDATE customers SET note = note RETURNING *
DELETE FROM customers RETURNING *
INSERT INTO customers (id, name, email) VALUES (1, 'x', 'y') ON CONFLICT (id) DO UPDATE SET note = customers.note RETURNING *
INSERT INTO customers VALUES (1, 'x')
INSERT INTO newsletters VALUES ('ada@nowhere', 'x')
INSERT INTO regions SELECT 1000 + id, note FROM customers RETURNING *
UPDATE regions r SET name = c.note FROM customers c WHERE r.id = c.id RETURNING r.*, c.*
DELETE FROM orders o USING customers c WHERE c.id = o.customer_id RETURNING c.*
MERGE INTO regions r USING customers c ON c.id = r.id WHEN MATCHED THEN UPDATE SET name = c.note
WITH d AS (DELETE FROM orders RETURNING customer_id) SELECT c.* FROM customers c JOIN d ON d.customer_id = c.id
WITH u AS (UPDATE customers SET note = note RETURNING *) SELECT * FROM u
LOCK TABLE customers IN ACCESS SHARE MODE
TRUNCATE customers CASCADE
SELECT 1; SELECT * FROM customers
SELECT peek(1)
SELECT public.peek(id) FROM customers
-- text run as SQL, catalogs, settings
SELECT query_to_xml('SELECT * FROM customers', true, false, '')
SELECT pg_catalog.query_to_xml('SELECT * FROM customers', true, false, '')
SELECT table_to_xml('customers', true, false, '')
SELECT schema_to_xml('public', true, false, '')
SELECT database_to_xml(true, false, '')
SELECT cursor_to_xml('c', 10, true, false, '')
SELECT * FROM ts_stat('SELECT to_tsvector(note) FROM customers')
SELECT pg_read_file('postgresql.conf')
SELECT * FROM pg_stats WHERE tablename = 'customers'
SELECT most_common_vals FROM pg_catalog.pg_stats
SELECT * FROM pg_statistic
SELECT query FROM pg_stat_activity
SELECT * FROM pg_stat_get_activity(NULL)
SELECT statement FROM pg_prepared_statements
SELECT * FROM pg_toast.pg_toast_2619
SELECT current_setting('bauta.inner_default')
SELECT current_setting('BAUTA.' || 'inner_default')
SELECT set_config('role', 'postgres', false)
SELECT set_config('bauta.inner_default', '', false)
SHOW bauta.inner_default
SHOW "bauta"."inner_default"
SET bauta.outer_default = ''
RESET ROLE
SET ROLE postgres
SET SESSION AUTHORIZATION postgres
SET search_path = hr; SELECT * FROM employees
SET search_path = archive, public; SELECT * FROM public.customers
BEGIN; SET LOCAL search_path = hr, public; SELECT * FROM employees; SELECT * FROM customers; ROLLBACK
CREATE TEMP TABLE customers (id int); SELECT * FROM customers
SELECT lo_get(1)
SELECT * FROM dblink('dbname=x', 'SELECT 1') AS t (a int)
SELECT pg_terminate_backend(1)
CALL whatever()
GRANT pg_read_all_data TO analyst
ALTER TABLE customers ENABLE ROW LEVEL SECURITY
COMMENT ON TABLE customers IS 'x'
VACUUM customers
EXPLAIN (MASKING) SELECT * FROM customers
