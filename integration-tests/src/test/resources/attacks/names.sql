-- names in disguise
SELECT * FROM CLINIC.PATIENTS
SELECT * FROM "clinic"."patients"
SELECT * FROM clinic . patients
SELECT * FROM clinic./**/patients
SELECT * FROM clinic/*/**/*/.patients
SELECT * FROM clinic.patients--
SELECT full_name FROM"clinic"."patients"
SELECT * FROM U&"clinic"."patients"
SELECT * FROM clinic.U&"\0070atients"
SELECT * FROM clinic.U&"!0070atients" UESCAPE '!'
SELECT * FROM clinic.U&"\+000070atients"
SELECT U&"\0066ull_name" FROM clinic.patients
SELECT "full_name" FROM clinic.patients p
SELECT p."full_name"FROM clinic.patients"p"
SET search_path = clinic ;; SELECT * FROM patients
SET search_path TO "clinic", public ;; SELECT full_name FROM patients
SET search_path = 'clinic' ;; TABLE patients
SET LOCAL search_path = clinic ;; SELECT patients FROM patients
SET SCHEMA 'clinic' ;; SELECT * FROM patients
SELECT set_config('search_path', 'clinic', false) ;; SELECT * FROM patients
SELECT pg_catalog.set_config('search_path', 'clinic', false) ;; SELECT full_name FROM patients
SET search_path = clinic ;; SAVEPOINT s ;; SET search_path = public ;; ROLLBACK TO s ;; SELECT * FROM patients
SET search_path = "$user", clinic ;; SELECT full_name FROM patients
CREATE TEMP TABLE wards AS SELECT 1 AS id ;; SET search_path = pg_temp, clinic ;; SELECT full_name FROM patients, wards
CREATE TEMP TABLE patients (full_name text) ;; DROP TABLE patients ;; SET search_path = clinic ;; SELECT full_name FROM patients
CREATE TEMP TABLE t AS TABLE clinic.patients ;; SELECT * FROM t
CREATE TEMP TABLE t (LIKE clinic.patients) ;; INSERT INTO t OVERRIDING SYSTEM VALUE SELECT * FROM clinic.patients ;; SELECT full_name FROM t
-- comments, strings, operators that could hide a name
SELECT '//' || full_name FROM clinic.patients
SELECT $$x$$ || full_name FROM clinic.patients
SELECT $a$ ' $a$ || full_name FROM clinic.patients
SELECT $a$ $b$ $a$, full_name FROM clinic.patients -- $b$
SELECT E'\'' || full_name FROM clinic.patients -- '
SELECT 'a\' || full_name FROM clinic.patients -- '
SELECT 'it''s' || full_name FROM clinic.patients
SELECT U&'\0061' || full_name FROM clinic.patients
SELECT N'a' || full_name FROM clinic.patients
SELECT B'1', X'f', full_name FROM clinic.patients
SELECT 1e3, 1., .5, full_name FROM clinic.patients
SELECT /* /* */ ' */ full_name FROM clinic.patients -- '
SELECT /* ' */ full_name /* ' */ FROM clinic.patients
SELECT full_name/**/AS/**/x FROM/**/clinic.patients
SELECT 2 *- 1, full_name FROM clinic.patients
SELECT 1 OPERATOR(pg_catalog.+) 1, full_name FROM clinic.patients
SELECT 1, p.full_name FROM clinic.wards w, ONLY clinic.patients p
SELECT full_name "FROM clinic.wards" FROM clinic.patients
SELECT 1; SELECT full_name FROM clinic.patients
SELECT 1;; SELECT full_name FROM clinic.patients;
SET standard_conforming_strings = off ;; SELECT 'a\'' || full_name || '' FROM clinic.patients
SET backslash_quote = on ;; SET standard_conforming_strings = off ;; SELECT '\'' || full_name FROM clinic.patients
SET client_encoding = 'SJIS' ;; SELECT full_name FROM clinic.patients
SET NAMES 'BIG5' ;; SELECT full_name FROM clinic.patients
