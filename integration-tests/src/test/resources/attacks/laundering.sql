-- into a table that nobody protects, and back out
CREATE TEMP TABLE t AS SELECT * FROM clinic.patients ;; SELECT * FROM t
CREATE TEMP TABLE t AS SELECT full_name AS n FROM clinic.patients ;; COPY t TO STDOUT
CREATE TEMP TABLE t (a, b) AS SELECT ssn, full_name FROM clinic.patients ;; SELECT b FROM t
CREATE TEMP TABLE t ON COMMIT PRESERVE ROWS AS TABLE clinic.visits ;; SELECT DISTINCT code FROM t
CREATE TEMPORARY TABLE IF NOT EXISTS t AS (SELECT p FROM clinic.patients p) ;; SELECT * FROM t
SELECT * INTO TEMP t FROM clinic.patients ;; SELECT full_name FROM t
SELECT full_name INTO TEMPORARY TABLE t FROM clinic.patients ;; TABLE t
CREATE TEMP TABLE t (n text) ;; INSERT INTO t SELECT full_name FROM clinic.patients ;; SELECT * FROM t
CREATE TEMP TABLE t (n text) ;; INSERT INTO t VALUES ((SELECT string_agg(full_name, ',') FROM clinic.patients)) ;; SELECT * FROM t
CREATE TEMP TABLE t (n text DEFAULT 'x') ;; WITH p AS (SELECT full_name FROM clinic.patients) INSERT INTO t SELECT * FROM p ;; TABLE t
CREATE TEMP TABLE t (n int PRIMARY KEY, s text) ;; INSERT INTO t VALUES (1, 'x') ;; UPDATE t SET s = p.full_name FROM clinic.patients p WHERE p.id = t.n ;; TABLE t
CREATE TEMP TABLE t (n int PRIMARY KEY, s text) ;; INSERT INTO t SELECT 1, full_name FROM clinic.patients WHERE id = 1 ON CONFLICT DO NOTHING ;; TABLE t
CREATE TEMP TABLE t (n int PRIMARY KEY, s text) ;; INSERT INTO t VALUES (1, 'x') ;; INSERT INTO t SELECT id, full_name FROM clinic.patients ON CONFLICT (n) DO UPDATE SET s = excluded.s ;; TABLE t
CREATE TEMP TABLE t (n int PRIMARY KEY, s text) ;; MERGE INTO t USING clinic.patients p ON p.id = t.n WHEN NOT MATCHED THEN INSERT VALUES (p.id, p.full_name) ;; TABLE t
CREATE TEMP TABLE t (s text CHECK (s < 'Am')) ;; INSERT INTO t SELECT full_name FROM clinic.patients WHERE id = 1
CREATE TEMP TABLE t (s text UNIQUE) ;; INSERT INTO t VALUES ('Aalpha Lovelace') ;; INSERT INTO t SELECT full_name FROM clinic.patients
CREATE TEMP TABLE t (s text, g text GENERATED ALWAYS AS (upper(s)) STORED) ;; INSERT INTO t SELECT full_name FROM clinic.patients ;; SELECT g FROM t
CREATE TEMP TABLE t (r clinic.patients) ;; INSERT INTO t SELECT p FROM clinic.patients p ;; SELECT * FROM t
CREATE TEMP TABLE t (s varchar(15)) ;; INSERT INTO t SELECT full_name FROM clinic.patients
CREATE TEMP TABLE t (n int) ;; INSERT INTO t SELECT weight FROM clinic.patients ;; SELECT sum(n) FROM t
CREATE TEMP SEQUENCE s ;; SELECT setval('s', weight::int) FROM clinic.patients WHERE id = 1 ;; SELECT nextval('s')
UPDATE clinic.wards SET title = (SELECT full_name FROM clinic.patients WHERE id = 1) ;; SELECT * FROM clinic.wards
INSERT INTO clinic.guesses SELECT id, full_name FROM clinic.patients ;; SELECT * FROM clinic.guesses WHERE id < 10
INSERT INTO clinic.guesses SELECT weight::int, '' FROM clinic.patients WHERE id = 1 ;; SELECT id FROM clinic.guesses WHERE guess = ''
SELECT set_config('application_name', (SELECT full_name FROM clinic.patients WHERE id = 1), false) ;; SHOW application_name
SELECT set_config('my.secret', full_name, true) FROM clinic.patients WHERE id = 1 ;; SELECT current_setting('my.secret')
SELECT lo_from_bytea(4711, convert_to(full_name, 'UTF8')) FROM clinic.patients WHERE id = 1 ;; SELECT lo_get(4711)
SELECT pg_advisory_lock(weight::int) FROM clinic.patients WHERE id = 1 ;; SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
SELECT setseed(weight / 1000) FROM clinic.patients WHERE id = 1 ;; SELECT random()
