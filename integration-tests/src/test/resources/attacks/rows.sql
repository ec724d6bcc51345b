-- rows that a filter hides
SELECT * FROM clinic.ledger
SELECT count(*), sum(amount), min(memo) FROM clinic.ledger
SELECT l FROM clinic.ledger l
SELECT row_to_json(l) FROM clinic.ledger l
TABLE clinic.ledger
SELECT ctid, amount FROM clinic.ledger
SELECT amount FROM clinic.ledger WHERE ctid = '(0,2)'
SELECT 1 / (amount - 3) FROM clinic.ledger
SELECT id FROM clinic.ledger WHERE 1 / (amount - 3) > -5
SELECT id FROM clinic.ledger WHERE CASE WHEN memo LIKE 'm%' THEN memo::int = 3 END
SELECT l.id FROM clinic.ledger l JOIN clinic.accounts a ON a.id = l.account AND 1 / (l.amount - 3) > -7
SELECT a.id FROM clinic.accounts a WHERE EXISTS (SELECT FROM clinic.ledger l WHERE l.account = a.id)
SELECT a.id, l.id FROM clinic.accounts a LEFT JOIN clinic.ledger l ON l.account = a.id
SELECT id FROM clinic.accounts WHERE id NOT IN (SELECT account FROM clinic.ledger)
SELECT amount FROM clinic.ledger FOR UPDATE
SELECT id FROM clinic.ledger TABLESAMPLE bernoulli (100) REPEATABLE (1) WHERE 1 / (amount - 3) > -7
SELECT l.id, x.* FROM clinic.ledger l, LATERAL (SELECT 1 / (l.amount - 3) AS q) x
SELECT id FROM clinic.ledger GROUP BY id HAVING 1 / (amount - 3) > -7
SELECT count(*) FILTER (WHERE 1 / (amount - 3) > -7) FROM clinic.ledger
SELECT min(amount) OVER (), id FROM clinic.ledger
SELECT id FROM clinic.ledger ORDER BY 1 / (amount - 3) LIMIT 1
SELECT id FROM clinic.ledger UNION SELECT amount FROM clinic.ledger
WITH RECURSIVE r AS (SELECT amount FROM clinic.ledger UNION SELECT amount FROM r) TABLE r
SELECT * FROM clinic.ledger_memos
SELECT * FROM clinic.ledger_sums
SELECT * FROM clinic.trips
SELECT * FROM clinic.trips_two
SELECT * FROM ONLY clinic.trips_two
COPY clinic.ledger TO STDOUT
COPY clinic.trips_two TO STDOUT
COPY (SELECT * FROM clinic.trips) TO STDOUT
DECLARE c SCROLL CURSOR FOR SELECT * FROM clinic.ledger ;; FETCH ALL FROM c ;; FETCH BACKWARD ALL FROM c
CREATE TEMP TABLE x AS SELECT * FROM clinic.ledger ;; SELECT * FROM x
SELECT * INTO TEMP x FROM clinic.trips ;; TABLE x
INSERT INTO clinic.accounts SELECT id + 100, memo FROM clinic.ledger RETURNING *
UPDATE clinic.accounts SET title = l.memo FROM clinic.ledger l WHERE l.account = accounts.id RETURNING accounts.*
DELETE FROM clinic.wards USING clinic.ledger l WHERE l.amount = wards.id + 2
MERGE INTO clinic.wards w USING clinic.ledger l ON l.amount = w.id + 2 WHEN MATCHED THEN UPDATE SET title = l.memo
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) SELECT id FROM clinic.ledger WHERE amount < 5
PREPARE p AS SELECT id FROM clinic.ledger WHERE amount < 5 ;; EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) EXECUTE p
INSERT INTO clinic.ledger (id, ward, amount, memo) VALUES (50, 1, 1, 'malpha')
INSERT INTO clinic.ledger (id, ward, amount, memo) VALUES (50, 1, 1, 'malpha') ON CONFLICT DO NOTHING
UPDATE clinic.ledger SET memo = 'malpha' WHERE id = 1
DELETE FROM clinic.ledger WHERE amount = 3
INSERT INTO clinic.receipts VALUES (1, 'malpha')
DELETE FROM clinic.accounts WHERE id = 3
DELETE FROM clinic.accounts WHERE id = 7
UPDATE clinic.accounts SET id = 100 WHERE id = 3
UPDATE clinic.accounts SET title = title IS DISTINCT FROM 'x', id = 100 WHERE id = 3
WITH d AS (DELETE FROM clinic.accounts WHERE id = 3 RETURNING id) SELECT * FROM d
MERGE INTO clinic.accounts a USING (VALUES (3)) v(i) ON a.id = v.i WHEN MATCHED THEN DELETE
INSERT INTO clinic.accounts VALUES (3, 'x') ON CONFLICT (id) DO UPDATE SET id = 100
-- filters by the time, under settings of the client
SELECT at FROM clinic.shifts_past
SET TimeZone = 'X+160' ;; SELECT id, at FROM clinic.shifts_past
SET TimeZone = 'X-160' ;; SELECT id, at FROM clinic.shifts_past
SET TimeZone = 'X+160' ;; SELECT id, extract(hour FROM at - current_date) FROM clinic.shifts_new
SET TimeZone = 'X-160' ;; SELECT id, extract(hour FROM at - current_date) FROM clinic.shifts_new
SELECT set_config('TimeZone', 'X+160', true) ;; SELECT id, extract(hour FROM at - current_date) FROM clinic.shifts_new
SELECT day FROM clinic.shifts_text
SET DateStyle = 'SQL, DMY' ;; SELECT * FROM clinic.shifts_text
SET DateStyle = 'German' ;; SELECT * FROM clinic.shifts_text
