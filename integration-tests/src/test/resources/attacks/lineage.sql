-- expressions and casts
SELECT upper(full_name), reverse(full_name), initcap(full_name) FROM clinic.patients
SELECT full_name || '' FROM clinic.patients
SELECT full_name COLLATE "C" FROM clinic.patients
SELECT encode(convert_to(full_name, 'UTF8'), 'base64') FROM clinic.patients
SELECT translate(full_name, 'A', 'B'), replace(full_name, 'A', ''), overlay(full_name PLACING 'x' FROM 1 FOR 1) FROM clinic.patients
SELECT full_name::bytea, full_name::varchar(3), full_name::char(5), full_name::name FROM clinic.patients
SELECT weight::text, weight * 2, to_char(weight, '999.9'), weight::money FROM clinic.patients
SELECT born::text, born + 1, to_char(born, 'DD.MM.'), extract(doy FROM born), date_part('month', born) FROM clinic.patients
SELECT born::timestamp, born AT TIME ZONE 'UTC', tstzrange(born, born + 1) FROM clinic.patients
SELECT address::text, host(address), broadcast(address), abbrev(address), address - 1 FROM clinic.patients
SELECT encode(picture, 'hex'), get_byte(picture, 0), picture::text FROM clinic.patients
SELECT tags::text, array_to_string(tags, ','), array_length(tags, 1), tags[1] FROM clinic.patients
SELECT record ->> 'diagnosis', record -> 'n', record::text, jsonb_typeof(record) FROM clinic.patients
SELECT (contact).phone, (contact).fax, contact::text FROM clinic.patients
SELECT coalesce(full_name, ''), nullif(full_name, ''), greatest(full_name, '') FROM clinic.patients
SELECT CASE full_name WHEN '' THEN 'x' ELSE full_name END FROM clinic.patients
SELECT CASE WHEN true THEN full_name END FROM clinic.patients
SELECT regexp_replace(full_name, '(.)', '\1.', 'g'), regexp_matches(full_name, '(.*)') FROM clinic.patients
SELECT split_part(full_name, ' ', 1), string_to_array(full_name, ' '), regexp_split_to_array(full_name, '') FROM clinic.patients
SELECT lpad(full_name, 50, '.'), btrim(full_name), left(full_name, 5), right(full_name, 50) FROM clinic.patients
SELECT to_tsvector('simple', full_name), ts_headline(full_name, 'x'), phraseto_tsquery('simple', full_name) FROM clinic.patients
SELECT quote_ident(full_name), quote_literal(full_name), to_json(full_name), to_hex(weight::int) FROM clinic.patients
SELECT string_agg(full_name, ','), array_agg(full_name), json_agg(full_name), xmlagg(xmlelement(name n, full_name)) FROM clinic.patients
SELECT min(full_name), max(full_name), max(tags), min(address) FROM clinic.patients
SELECT first_value(full_name) OVER (ORDER BY id), lead(full_name) OVER (ORDER BY id), nth_value(full_name, 2) OVER () FROM clinic.patients
SELECT string_agg(full_name, ',') OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM clinic.patients
SELECT full_name::int FROM clinic.patients
SELECT full_name::date FROM clinic.patients
SELECT CAST(full_name AS uuid) FROM clinic.patients
SELECT record::text::xml FROM clinic.patients
SELECT (full_name)::clinic.contact FROM clinic.patients
SELECT to_timestamp(full_name, 'YYYY') FROM clinic.patients
SELECT set_config('application_name', full_name, false) FROM clinic.patients WHERE id = 1
-- subqueries, WITH, joins, set operations
SELECT * FROM (SELECT * FROM clinic.patients) x
SELECT x FROM (SELECT full_name AS x FROM clinic.patients) y
SELECT * FROM (SELECT * FROM (SELECT * FROM clinic.patients) a) b
WITH p AS (SELECT * FROM clinic.patients) SELECT * FROM p
WITH p AS MATERIALIZED (SELECT * FROM clinic.patients) SELECT * FROM p
WITH p AS NOT MATERIALIZED (TABLE clinic.patients) TABLE p
WITH p (a, b, c) AS (SELECT * FROM clinic.patients) SELECT c FROM p
WITH patients AS (SELECT * FROM clinic.patients) SELECT * FROM patients
WITH a AS (WITH b AS (SELECT * FROM clinic.patients) SELECT * FROM b) SELECT * FROM a
WITH RECURSIVE r AS (SELECT id, full_name FROM clinic.patients WHERE id = 1 UNION ALL SELECT p.id, p.full_name FROM clinic.patients p JOIN r ON p.id = r.id + 1) SELECT * FROM r
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < (SELECT weight FROM clinic.patients WHERE id = 1) - 70) SELECT * FROM r
WITH RECURSIVE r (n, s) AS (SELECT 1, full_name FROM clinic.patients WHERE id = 1 UNION ALL SELECT n + 1, substr(s, 2) FROM r WHERE n < 5) CYCLE n SET c USING path SELECT * FROM r
WITH x AS (INSERT INTO clinic.wards SELECT 70, full_name FROM clinic.patients WHERE id = 1 RETURNING *) SELECT * FROM x
SELECT p.full_name FROM clinic.wards w JOIN clinic.patients p ON p.ward = w.id
SELECT p.full_name FROM clinic.wards w LEFT JOIN clinic.patients p ON p.ward = w.id
SELECT full_name FROM clinic.patients FULL JOIN clinic.visits ON patient = patients.id WHERE visits.id < 3
SELECT a.full_name FROM clinic.patients a JOIN clinic.patients b USING (full_name)
SELECT full_name FROM clinic.patients NATURAL JOIN (SELECT id FROM clinic.wards) w
SELECT j.full_name FROM (clinic.patients p JOIN clinic.wards w ON w.id = p.ward) AS j
SELECT j.a FROM (clinic.patients p CROSS JOIN clinic.wards w) AS j (z, y, a)
SELECT u.full_name FROM clinic.patients a JOIN clinic.patients b USING (full_name) AS u
SELECT x.* FROM clinic.wards w CROSS JOIN LATERAL (SELECT * FROM clinic.patients p WHERE p.ward = w.id) x
SELECT x.* FROM clinic.wards w, LATERAL (VALUES ((SELECT max(full_name) FROM clinic.patients p WHERE p.ward = w.id))) x
SELECT title FROM clinic.wards UNION SELECT full_name FROM clinic.patients
SELECT title FROM clinic.wards UNION ALL (SELECT full_name FROM clinic.patients ORDER BY 1 LIMIT 1)
(SELECT full_name FROM clinic.patients) EXCEPT ALL (SELECT title FROM clinic.wards)
VALUES ((SELECT full_name FROM clinic.patients WHERE id = 1)), ('x')
SELECT (SELECT full_name FROM clinic.patients WHERE id = 1) AS title FROM clinic.wards
SELECT ARRAY(SELECT full_name FROM clinic.patients ORDER BY id)
SELECT title FROM clinic.wards ORDER BY (SELECT full_name FROM clinic.patients WHERE id = wards.id) < 'Am'
SELECT title, (SELECT weight FROM clinic.patients p WHERE p.id = w.id) FROM clinic.wards w
SELECT w.title FROM clinic.wards w WHERE w.id = (SELECT floor(weight) - 72 FROM clinic.patients WHERE id = 1)
SELECT * FROM ROWS FROM (unnest(ARRAY(SELECT full_name FROM clinic.patients)), generate_series(1, 3)) AS x
SELECT * FROM generate_series(1, 3) g, LATERAL (SELECT substr(full_name, g, 1) FROM clinic.patients WHERE id = 1) x
-- views, materialized views, partitions, inheritance
SELECT * FROM clinic.contacts
SELECT full_name FROM clinic.quiet
SELECT * FROM clinic.quiet q WHERE q.full_name LIKE '_a%'
SELECT count(*) FROM clinic.heavy WHERE id > (SELECT min(weight) - 73.5 FROM clinic.patients)
SELECT * FROM clinic.summary
SELECT * FROM clinic.staff
SELECT * FROM clinic.staff_one
SELECT * FROM ONLY clinic.staff_one
SELECT * FROM clinic.people
SELECT * FROM ONLY clinic.people
SELECT * FROM clinic.doctors
SELECT d::clinic.people FROM clinic.doctors d
SELECT (d::clinic.people).alias FROM clinic.doctors d
SELECT nick FROM clinic.staff WHERE nick < 'nm'
SELECT DISTINCT code FROM clinic.visits
SELECT members FROM clinic.teams
SELECT (pg_catalog.lower(members)).alias FROM clinic.teams
SELECT id FROM clinic.teams WHERE members @> ROW(1, 'palpha')::clinic.people
