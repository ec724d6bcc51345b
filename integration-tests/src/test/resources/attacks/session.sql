-- roles, settings, protocol by SQL
SET ROLE postgres ;; SELECT * FROM clinic.patients
SET LOCAL ROLE postgres ;; SELECT * FROM clinic.patients
SET SESSION AUTHORIZATION postgres ;; SELECT full_name FROM clinic.patients
SET SESSION AUTHORIZATION DEFAULT ;; SELECT full_name FROM clinic.patients
RESET ROLE ;; SELECT full_name FROM clinic.patients
RESET SESSION AUTHORIZATION ;; SELECT full_name FROM clinic.patients
SELECT set_config('role', 'postgres', false) ;; SELECT full_name FROM clinic.patients
SELECT set_config('session_authorization', 'postgres', false) ;; SELECT full_name FROM clinic.patients
SET "role" = 'postgres' ;; SELECT full_name FROM clinic.patients
SET row_security = off ;; SELECT full_name FROM clinic.patients
SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY ;; SELECT full_name FROM clinic.patients
SET transform_null_equals = on ;; SELECT full_name = NULL, full_name FROM clinic.patients
SET debug_print_plan = on ;; SET client_min_messages = debug1 ;; SELECT full_name FROM clinic.patients
SET log_statement = 'all' ;; SET client_min_messages = log ;; SELECT full_name FROM clinic.patients
SET session_replication_role = replica ;; INSERT INTO clinic.patients (id, full_name, ward) SELECT 61, full_name, ward FROM clinic.patients WHERE id = 1 RETURNING *
SET datestyle = 'SQL, DMY' ;; SELECT born, full_name FROM clinic.patients
SET timezone = 'Asia/Kathmandu' ;; SELECT born::timestamptz::text FROM clinic.patients
SET intervalstyle = 'iso_8601' ;; SELECT age(DATE '2026-01-01', born) FROM clinic.patients
SET bytea_output = 'escape' ;; SELECT picture FROM clinic.patients
SET extra_float_digits = 3 ;; SELECT weight::float8 FROM clinic.patients
SET lc_monetary = 'C' ;; SELECT weight::numeric::money FROM clinic.patients
SET xmlbinary = hex ;; SELECT xmlforest(picture, full_name) FROM clinic.patients
SET enable_seqscan = off ;; SELECT id FROM clinic.visits WHERE code < 'vb' ORDER BY code LIMIT 3
SET parallel_setup_cost = 0 ;; SET min_parallel_table_scan_size = 0 ;; SET parallel_tuple_cost = 0 ;; SELECT full_name FROM clinic.patients
SET plan_cache_mode = force_generic_plan ;; PREPARE p (text) AS SELECT id FROM clinic.patients WHERE full_name = $1 ;; EXECUTE p ('Aalpha Lovelace')
SET default_transaction_isolation = 'serializable' ;; TABLE clinic.patients
SET search_path = pg_temp, clinic ;; SELECT full_name FROM patients
DISCARD TEMP ;; SELECT full_name FROM clinic.patients
DEALLOCATE ALL ;; SELECT full_name FROM clinic.patients
SAVEPOINT a ;; SELECT 1 / 0 ;; ROLLBACK TO a ;; SELECT full_name FROM clinic.patients
LOCK TABLE clinic.patients IN SHARE MODE ;; SELECT full_name FROM clinic.patients
UPDATE pg_settings SET setting = 'off' WHERE name = 'standard_conforming_strings' ;; SELECT 'a\'' || (SELECT string_agg(full_name, ',') FROM clinic.patients) --'
UPDATE clinic.settings SET setting = 'off' WHERE name = 'standard_conforming_strings' ;; SELECT 'a\'' || (SELECT string_agg(full_name, ',') FROM clinic.patients) --'
