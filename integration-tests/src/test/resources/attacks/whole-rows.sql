-- stars, tables, whole rows, functional notation
SELECT * FROM clinic.patients
TABLE clinic.patients
TABLE ONLY clinic.patients
SELECT p FROM clinic.patients p
SELECT p.* FROM clinic.patients p
SELECT (p).* FROM clinic.patients p
SELECT (p).full_name FROM clinic.patients p
SELECT ((p)).full_name FROM clinic.patients AS p
SELECT full_name(p) FROM clinic.patients p
SELECT p.name FROM (SELECT full_name AS name FROM clinic.patients) p
SELECT text(p.full_name) FROM clinic.patients p
SELECT p::text FROM clinic.patients p
SELECT CAST(p AS text) FROM clinic.patients p
SELECT p::clinic.patients FROM clinic.patients p
SELECT (p::clinic.patients).full_name FROM clinic.patients p
SELECT p.p FROM (SELECT p FROM clinic.patients p) p
SELECT ROW(p.*)::text FROM clinic.patients p
SELECT ROW(p)::text FROM clinic.patients p
SELECT p::text < '(1,15', p.* IS NOT NULL FROM clinic.patients p
SELECT patients FROM clinic.patients
SELECT (patients).full_name FROM clinic.patients
SELECT (patients.*).full_name FROM clinic.patients
SELECT clinic.patients.full_name FROM clinic.patients
SELECT clinic.patients.* FROM clinic.patients
SELECT row_to_json(p) FROM clinic.patients p
SELECT to_json(p), to_jsonb(p) FROM clinic.patients p
SELECT json_agg(p), jsonb_agg(p) FROM clinic.patients p
SELECT json_build_object('p', p) FROM clinic.patients p
SELECT json_object_agg(id, p) FROM clinic.patients p
SELECT array_agg(p) FROM clinic.patients p
SELECT ARRAY(SELECT p FROM clinic.patients p)
SELECT string_agg(p::text, ';') FROM clinic.patients p
SELECT concat(p), concat_ws(',', p, p.full_name), format('%s', p) FROM clinic.patients p
SELECT quote_literal(p), quote_nullable(p) FROM clinic.patients p
SELECT xmlforest(p.full_name, p.tags), xmlelement(name x, p.full_name) FROM clinic.patients p
SELECT count(DISTINCT p), count(DISTINCT p.*), max(p.full_name) FROM clinic.patients p
SELECT a, b, c FROM clinic.patients AS p (a, b, c)
SELECT p.a FROM clinic.patients p (z, y, a)
SELECT *, full_name AS harmless FROM clinic.patients
SELECT id, * FROM clinic.patients ORDER BY 4
SELECT (SELECT p FROM clinic.patients p WHERE id = 1)
SELECT (SELECT (p).full_name FROM clinic.patients p WHERE id = 1)
SELECT unnest(ARRAY[full_name, ssn]) FROM clinic.patients
SELECT unnest(tags), (contact).phone, (contact).* FROM clinic.patients
SELECT jsonb_each(record), jsonb_object_keys(record), jsonb_pretty(record) FROM clinic.patients
SELECT x.* FROM clinic.patients p, jsonb_to_record(p.record) AS x (diagnosis text, n int)
SELECT x FROM clinic.patients p, jsonb_path_query(p.record, '$.*') x
SELECT x FROM clinic.patients p, jsonb_populate_record(p, '{"id": 9}') x
SELECT jsonb_populate_record(p, '{}') FROM clinic.patients p
SELECT * FROM clinic.patients p, unnest(p.tags) WITH ORDINALITY t (tag, n)
SELECT * FROM clinic.patients p, LATERAL (SELECT p.full_name) x
SELECT * FROM clinic.patients p, regexp_split_to_table(p.full_name, '') c
SELECT * FROM ONLY clinic.patients
SELECT * FROM clinic.patients *
SELECT * FROM ONLY (clinic.patients)
SELECT * FROM clinic.patients TABLESAMPLE BERNOULLI (100) REPEATABLE (1)
SELECT ctid, full_name FROM clinic.patients WHERE ctid = '(0,1)'
SELECT * FROM clinic.patients FOR SHARE
SELECT * FROM clinic.patients p FOR UPDATE OF p NOWAIT
SELECT initials FROM clinic.patients
