-- SQL given as text
SELECT query_to_xml('SELECT * FROM clinic.patients', true, false, '')
SELECT pg_catalog.query_to_xml('SELECT * FROM clinic.patients', true, false, '')
SELECT "query_to_xml"('SELECT * FROM clinic.patients', true, false, '')
SELECT query_to_xml($$SELECT full_name FROM clinic.patients$$, nulls => true, tableforest => false, targetns => '')
SELECT query_to_xml('SELECT * FROM clinic.' || 'patients', true, false, '')
SELECT query_to_xml_and_xmlschema('SELECT * FROM clinic.patients', true, false, '')
SELECT table_to_xml('clinic.patients', true, false, '')
SELECT table_to_xml('clinic.patients'::regclass, true, false, '')
SELECT table_to_xml_and_xmlschema('clinic.patients', true, false, '')
SELECT schema_to_xml('clinic', true, false, '')
SELECT schema_to_xml_and_xmlschema('clinic', true, false, '')
DECLARE c CURSOR FOR SELECT full_name FROM clinic.patients ;; SELECT cursor_to_xml('c', 9, true, false, '')
SELECT * FROM ts_stat('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients')
SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, plainto_tsquery(''simple'', full_name) FROM clinic.patients WHERE id = 1')
SELECT x.* FROM XMLTABLE('//row' PASSING query_to_xml('SELECT full_name FROM clinic.patients', true, false, '') COLUMNS full_name text) x
SELECT (xpath('//full_name/text()', table_to_xml('clinic.patients', true, false, ''))) [1]
-- the user's own
SELECT clinic.weigh(1)
SELECT weigh FROM clinic.weigh(1)
SELECT clinic.weigh(id) FROM clinic.wards
SELECT id FROM clinic.wards WHERE clinic.weigh(id) > 75
SET search_path = clinic ;; SELECT weigh(1)
SELECT "clinic"."weigh"(1)
SELECT clinic.U&"\0077eigh"(1)
SELECT clinic.same(full_name, 'x') FROM clinic.patients
SELECT full_name OPERATOR(clinic.===) 'x' FROM clinic.patients
SET search_path = clinic, public ;; SELECT full_name === 'x' FROM patients
SELECT clinic.collect(full_name) FROM clinic.patients
SELECT public.left(full_name, 3) FROM clinic.patients
SET search_path = public, pg_catalog ;; SELECT left(full_name, 3) FROM clinic.patients
SET search_path = public, pg_catalog ;; SELECT * FROM clinic.patients ;; SELECT lower(ssn) FROM clinic.patients
SELECT CAST(ssn AS social_number) FROM clinic.patients
SELECT social_number '1' || full_name FROM clinic.patients
-- functions that are not called by a parenthesis behind their names
SELECT TREAT('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients' AS ts_stat)
SELECT ('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients'::text).ts_stat
SELECT (ARRAY['SELECT to_tsvector(''simple'', full_name) FROM clinic.patients'])[1].ts_stat
SELECT ((x).ts_stat).word FROM unnest(ARRAY['SELECT to_tsvector(''simple'', full_name) FROM clinic.patients']) x
SELECT x.ts_stat FROM unnest(ARRAY['SELECT to_tsvector(''simple'', full_name) FROM clinic.patients']) AS x
SELECT unnest.ts_stat FROM unnest(ARRAY['SELECT to_tsvector(''simple'', full_name) FROM clinic.patients'])
SELECT x."ts_stat" FROM coalesce('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients'::text) x
PREPARE p (text) AS SELECT $1.ts_stat ;; EXECUTE p ('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients')
SELECT btrim.ts_stat FROM TRIM('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients')
SELECT btrim.ts_stat FROM ROWS FROM (TRIM('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients'))
SELECT (ltrim.ts_stat).word FROM TRIM(LEADING FROM 'SELECT to_tsvector(''simple'', full_name) FROM clinic.patients')
SELECT "text".ts_stat FROM CAST('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients' AS text)
SELECT "varchar".ts_stat FROM CAST('SELECT to_tsvector(''simple'', full_name) FROM clinic.patients' AS character varying)
SELECT q.ts_stat FROM (SELECT 'SELECT to_tsvector(''simple'', full_name) FROM clinic.patients'::text AS q) t, CAST(t.q AS text)
SELECT q.ts_stat FROM CAST((SELECT 'SELECT to_tsvector(''simple'', full_name) FROM clinic.patients'::text AS q) AS text)
SET search_path = clinic ;; SELECT (1).weigh
SET search_path = clinic ;; SELECT x.weigh FROM generate_series(1, 2) x
-- types whose checks and casts look at protected values
SELECT * FROM jsonb_to_record('{"a": "13-22"}') AS x(a clinic.known)
SELECT x.* FROM XMLTABLE('/a' PASSING '<a>13-22</a>' COLUMNS a clinic.known PATH '.') x
SELECT XMLSERIALIZE(CONTENT '13-22'::xml AS clinic.known)
CREATE TEMP TABLE t (a int, b clinic.known) ;; INSERT INTO t VALUES (1, '13-22')
PREPARE p (clinic.known) AS SELECT $1 ;; EXECUTE p ('13-22')
PREPARE p (numeric(4, 1), clinic.known) AS SELECT $2 ;; EXECUTE p (1, '13-22')
SET search_path = clinic ;; SELECT ('13-22'::text).known
SET search_path = clinic ;; SELECT btrim.known FROM TRIM('13-22')
SELECT '13-22'::SETOF clinic.known
SELECT CAST('13-22' AS SETOF clinic.known)
SELECT '13-22'::clinic.knowing
SELECT size::real FROM clinic.gowns
SELECT CAST(ARRAY[size] AS float(3)[]) FROM clinic.gowns
SELECT '(1,13-22)'::clinic.claims
SELECT ROW(1, '13-22')::clinic.claims
SELECT * FROM json_populate_record(NULL::clinic.claims, '{"ssn": "13-22"}')
SELECT 'x'::text NOT ILIKE 73
SELECT id FROM clinic.wards WHERE title NOT ILIKE ALL (ARRAY[73])
