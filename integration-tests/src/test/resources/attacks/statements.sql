-- plans
EXPLAIN (VERBOSE) SELECT * FROM clinic.visits WHERE code <> 'valpha1' ORDER BY code
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM clinic.patients WHERE weight > 75
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) SELECT id FROM clinic.patients WHERE full_name LIKE '_a%'
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT 1 / (weight::int - 74) FROM clinic.patients WHERE id = 1
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) DELETE FROM clinic.wards USING clinic.patients p WHERE p.weight > 75
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) CREATE TEMP TABLE t AS SELECT * FROM clinic.visits WHERE code = 'valpha1'
EXPLAIN SELECT * FROM clinic.visits WHERE code = 'valpha1'
EXPLAIN SELECT code FROM clinic.visits GROUP BY code
EXPLAIN SELECT * FROM clinic.visits WHERE code < 'vb'
EXPLAIN SELECT DISTINCT substr(code, 1, 3) FROM clinic.visits
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM clinic.staff WHERE nick = 'nalpha'
PREPARE p AS SELECT * FROM clinic.visits WHERE code = $1 ;; EXPLAIN EXECUTE p ('valpha1')
PREPARE p AS SELECT 1 ;; DEALLOCATE p ;; PREPARE p AS SELECT id FROM clinic.told ;; EXPLAIN (COSTS OFF, VERBOSE) EXECUTE p
PREPARE p AS SELECT id FROM clinic.told ;; SAVEPOINT s ;; PREPARE p AS SELECT 1 ;; ROLLBACK TO s ;; EXPLAIN (COSTS OFF, VERBOSE) EXECUTE p
PREPARE p AS SELECT id FROM clinic.told ;; EXPLAIN (COSTS OFF, VERBOSE) CREATE TEMP TABLE x AS EXECUTE p
PREPARE P AS SELECT id FROM clinic.told ;; EXPLAIN (COSTS OFF, VERBOSE) EXECUTE "p"
PREPARE p AS SELECT count(*) FROM clinic.over_told ;; EXPLAIN (COSTS OFF) EXECUTE p
-- COPY
COPY clinic.patients TO STDOUT
COPY clinic.patients (full_name, ssn) TO STDOUT WITH (FORMAT csv, HEADER)
COPY (SELECT * FROM clinic.patients) TO STDOUT
COPY (TABLE clinic.patients) TO STDOUT (FORMAT binary)
COPY (SELECT p FROM clinic.patients p) TO STDOUT WITH CSV QUOTE '"'
COPY (WITH x AS (SELECT * FROM clinic.patients) SELECT * FROM x) TO STDOUT
COPY (INSERT INTO clinic.wards SELECT 80 + id, full_name FROM clinic.patients RETURNING *) TO STDOUT
COPY clinic.staff_one TO STDOUT
COPY clinic.visits TO STDOUT DELIMITER '|'
COPY BINARY clinic.patients TO STDOUT
-- cursors, prepared statements
DECLARE c CURSOR FOR SELECT * FROM clinic.patients ;; FETCH ALL c
DECLARE c SCROLL CURSOR WITH HOLD FOR TABLE clinic.patients ;; FETCH LAST c ;; FETCH ABSOLUTE 1 c
DECLARE c BINARY CURSOR FOR SELECT full_name, weight FROM clinic.patients ;; FETCH FORWARD 2 FROM c
DECLARE c INSENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR SELECT full_name FROM clinic.patients FOR READ ONLY ;; FETCH NEXT c
PREPARE p AS SELECT * FROM clinic.patients ;; EXECUTE p
PREPARE p (text) AS SELECT id FROM clinic.patients WHERE full_name LIKE $1 ;; EXECUTE p ('_a%')
PREPARE p AS SELECT * FROM clinic.patients ;; CREATE TEMP TABLE t AS EXECUTE p ;; SELECT * FROM t
PREPARE "p q" AS TABLE clinic.patients ;; EXECUTE "p q"
-- reading what a change returns
UPDATE clinic.patients SET ward = ward RETURNING full_name
UPDATE clinic.patients SET ward = ward RETURNING *
DELETE FROM clinic.visits RETURNING code
INSERT INTO clinic.patients (id, full_name, ward) VALUES (1, 'x', 1) ON CONFLICT (id) DO UPDATE SET ward = 1 RETURNING *
WITH u AS (UPDATE clinic.patients SET ward = ward RETURNING *) SELECT full_name FROM u
WITH d AS (DELETE FROM clinic.visits WHERE id < 5 RETURNING *) SELECT code FROM d
UPDATE clinic.wards w SET title = p.full_name FROM clinic.patients p WHERE p.id = w.id RETURNING w.title
UPDATE clinic.wards SET title = (SELECT full_name FROM clinic.patients WHERE id = 1) RETURNING title
UPDATE clinic.wards SET (id, title) = (SELECT 77, full_name FROM clinic.patients WHERE id = 1) WHERE id = 1 RETURNING *
DELETE FROM clinic.wards w USING clinic.patients p WHERE p.id = w.id RETURNING p.full_name
DELETE FROM clinic.wards w USING clinic.patients p WHERE p.id = w.id RETURNING p
INSERT INTO clinic.wards SELECT 90 + id, full_name FROM clinic.patients RETURNING title
INSERT INTO clinic.wards (id, title) VALUES (88, (SELECT full_name FROM clinic.patients WHERE id = 1)) RETURNING *
INSERT INTO clinic.wards SELECT id, 'x' FROM clinic.patients WHERE id < 3 ON CONFLICT (id) DO UPDATE SET title = (SELECT full_name FROM clinic.patients WHERE id = excluded.id) RETURNING *
MERGE INTO clinic.wards w USING clinic.patients p ON p.id = w.id WHEN MATCHED THEN UPDATE SET title = p.full_name ;; SELECT * FROM clinic.wards
-- other kinds
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT full_name FROM clinic.patients WHERE id = 1); END $$
DO $$ BEGIN RAISE NOTICE '%', (SELECT full_name FROM clinic.patients WHERE id = 1); END $$
CREATE VIEW clinic.mine AS SELECT * FROM clinic.patients ;; SELECT * FROM clinic.mine
CREATE TEMP VIEW mine AS SELECT * FROM clinic.patients ;; SELECT * FROM mine
CREATE MATERIALIZED VIEW clinic.mine AS SELECT * FROM clinic.patients ;; SELECT * FROM clinic.mine
CREATE TABLE clinic.mine AS SELECT * FROM clinic.patients ;; SELECT * FROM clinic.mine
SELECT * INTO clinic.mine FROM clinic.patients ;; SELECT * FROM clinic.mine
SELECT full_name insert INTO clinic.mine FROM clinic.patients ;; SELECT * FROM clinic.mine
SELECT (full_name) merge INTO clinic.mine FROM clinic.patients ;; SELECT * FROM clinic.mine
SELECT full_name AS as INTO clinic.mine FROM clinic.patients ;; SELECT * FROM clinic.mine
CREATE FUNCTION clinic.mine() RETURNS SETOF text LANGUAGE sql AS 'SELECT full_name FROM clinic.patients' ;; SELECT clinic.mine()
CREATE RULE r AS ON UPDATE TO clinic.wards DO ALSO SELECT full_name FROM clinic.patients ;; UPDATE clinic.wards SET title = title
ALTER TABLE clinic.patients RENAME TO plain ;; SELECT * FROM clinic.plain
ALTER TABLE clinic.patients RENAME full_name TO title ;; SELECT title FROM clinic.patients
ALTER TABLE clinic.patients SET SCHEMA public ;; SELECT * FROM public.patients
CREATE TABLE clinic.child () INHERITS (clinic.people) ;; SELECT * FROM clinic.people
CREATE INDEX ON clinic.patients ((1 / (weight::int - 74)))
ALTER TABLE clinic.wards ADD CHECK (id + 74 < clinic.weigh(1))
CREATE STATISTICS clinic.st ON code, day FROM clinic.visits ;; ANALYZE clinic.visits ;; SELECT most_common_vals FROM pg_stats_ext
ALTER TABLE clinic.patients ADD CHECK (weight < 86)
ALTER TABLE clinic.visits ALTER code TYPE int USING code::int
