-- Statements other than SELECT that read protected tables
BEGIN
DECLARE c SCROLL CURSOR FOR SELECT id, name FROM customers ORDER BY id
FETCH 2 c
FETCH LAST c
FETCH BACKWARD 1 c
CLOSE c
COMMIT

PREPARE p (int) AS SELECT name, email FROM customers WHERE id = $1
EXECUTE p (1)
EXECUTE p (2)
DEALLOCATE p

CREATE TEMP TABLE mine AS SELECT id, name, credit FROM customers
SELECT * FROM mine ORDER BY id
CREATE TEMP TABLE yours AS TABLE customer_contacts
SELECT * FROM yours ORDER BY id
SELECT id, name INTO TEMP theirs FROM customers WHERE id = 1
SELECT * FROM theirs
INSERT INTO mine SELECT id + 100, name, credit FROM customers RETURNING id, name
UPDATE mine SET name = c.name || '!' FROM customers c WHERE c.id = mine.id AND c.id = 1 RETURNING mine.name
DELETE FROM mine USING customers c WHERE c.id = mine.id AND c.name LIKE 'A%' RETURNING mine.id
DROP TABLE mine, yours, theirs

INSERT INTO regions SELECT 700 + id, name FROM customers WHERE id < 3
SELECT * FROM regions WHERE id > 700 ORDER BY id
UPDATE regions SET name = (SELECT max(name) FROM customers) WHERE id = 701 RETURNING name
UPDATE orders SET total = 0 FROM customers c WHERE c.id = customer_id AND c.name = 'A****' RETURNING orders.id, c.name
DELETE FROM regions WHERE name IN (SELECT name FROM customers) AND id > 700
MERGE INTO regions r USING (SELECT id + 800 AS id, name FROM customers) c ON r.id = c.id WHEN NOT MATCHED THEN INSERT VALUES (c.id, c.name)
SELECT id, name FROM regions WHERE id > 800 ORDER BY id
WITH x AS (INSERT INTO regions SELECT 900 + id, name FROM customers WHERE id = 1 RETURNING *) SELECT name FROM x
INSERT INTO regions VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = (SELECT name FROM customers WHERE id = 1) RETURNING name

COPY (SELECT id, name, email FROM customers ORDER BY id) TO STDOUT
COPY (SELECT * FROM customers ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER)
COPY (WITH c AS (SELECT name FROM customers WHERE id = 2) TABLE c) TO STDOUT WITH (FORMAT binary)
SELECT nothing FROM customers -- ERROR 42703
SELECT name FROM customers GROUP BY region_id -- ERROR 42803
SELECT name + 1 FROM customers -- ERROR 42883
SELECT c.name FROM customers -- ERROR 42P01
SELECT * FROM customers ORDER BY id; SELECT count(*) FROM hr.employees
VALUES ((SELECT name FROM customers WHERE id = 1), 1)

BEGIN
SAVEPOINT customers
DECLARE customers CURSOR FOR SELECT id, name FROM customers ORDER BY id
FETCH 1 FROM customers
MOVE customers
CLOSE customers
RELEASE SAVEPOINT customers
COMMIT
PREPARE customers AS SELECT name FROM customers ORDER BY id
EXECUTE customers
DEALLOCATE customers
LISTEN customers
UNLISTEN customers
SET search_path = customers, public
SELECT name FROM customers ORDER BY id
CREATE TEMP TABLE totals (region int, customers int CHECK (customers >= 0), UNIQUE (customers, region))
INSERT INTO totals (region, customers) SELECT region_id, count(*) FROM customers WHERE region_id > 0 GROUP BY region_id ORDER BY region_id RETURNING region, totals.customers
CREATE TEMP TABLE renamed (customers, id) AS SELECT name, id FROM customers
SELECT customers FROM renamed ORDER BY id
DROP TABLE totals, renamed
RESET search_path
