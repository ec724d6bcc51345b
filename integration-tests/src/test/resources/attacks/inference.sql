-- range probes and equality guesses
SELECT id FROM clinic.patients WHERE weight > 75
SELECT id FROM clinic.patients WHERE weight BETWEEN 71 AND 74
SELECT count(*) FROM clinic.patients WHERE full_name = 'Aalpha Lovelace'
SELECT id FROM clinic.patients WHERE full_name LIKE '_a%'
SELECT id FROM clinic.patients WHERE full_name ILIKE '%ALPHA%'
SELECT id FROM clinic.patients WHERE full_name ~ '^.[a-m]'
SELECT id FROM clinic.patients WHERE full_name SIMILAR TO '_(a|c)%'
SELECT id FROM clinic.patients WHERE full_name ^@ 'Aa'
SELECT id FROM clinic.patients WHERE starts_with(full_name, 'Aa')
SELECT id FROM clinic.patients WHERE position('alpha' IN full_name) > 0
SELECT id FROM clinic.patients WHERE substring(full_name FROM 2 FOR 1) < 'm'
SELECT id FROM clinic.patients WHERE ascii(substr(full_name, 2, 1)) < 109
SELECT id FROM clinic.patients WHERE length(full_name) > 15
SELECT id FROM clinic.patients WHERE born < '1970-05-01'
SELECT id FROM clinic.patients WHERE extract(month FROM born) = 3
SELECT id FROM clinic.patients WHERE (ssn, id) > ('15-22', 0)
SELECT id FROM clinic.patients WHERE ssn IN ('13-22', '99-99')
SELECT id FROM clinic.patients WHERE ssn = ANY (ARRAY['13-22'])
SELECT id FROM clinic.patients WHERE NOT (full_name <> 'Aalpha Lovelace')
SELECT id FROM clinic.patients WHERE full_name IS NOT DISTINCT FROM 'Aalpha Lovelace'
SELECT id FROM clinic.patients WHERE tags @> ARRAY['talpha']
SELECT id FROM clinic.patients WHERE 'talpha' = ANY (tags)
SELECT id FROM clinic.patients WHERE tags[1] = 'talpha'
SELECT id FROM clinic.patients WHERE tags && '{talpha}'
SELECT id FROM clinic.patients WHERE record @> '{"diagnosis": "dalpha"}'
SELECT id FROM clinic.patients WHERE record ->> 'diagnosis' = 'dalpha'
SELECT id FROM clinic.patients WHERE record #>> '{diagnosis}' LIKE 'da%'
SELECT id FROM clinic.patients WHERE record['n'] = '3'
SELECT id FROM clinic.patients WHERE record @? '$.n ? (@ < 5)'
SELECT id FROM clinic.patients WHERE jsonb_path_exists(record, '$.n ? (@ < 5)')
SELECT id FROM clinic.patients WHERE address << '10.0.0.0/30'
SELECT id FROM clinic.patients WHERE host(address) = '10.0.0.3'
SELECT id FROM clinic.patients WHERE get_byte(picture, 0) < 5
SELECT id FROM clinic.patients WHERE (contact).phone = '555-3'
SELECT id FROM clinic.patients WHERE initials = 'Aal'
SELECT id FROM clinic.patients WHERE to_tsvector('simple', full_name) @@ to_tsquery('simple', 'aalpha')
SELECT day FROM clinic.visits WHERE code = 'valpha1'
SELECT count(*) FROM clinic.visits WHERE code > 'vb'
-- candidate lists, linkage
SELECT g.guess FROM clinic.guesses g JOIN clinic.patients p ON substr(p.full_name, 2, 1) = g.guess
SELECT g.guess FROM clinic.guesses g WHERE EXISTS (SELECT FROM clinic.patients p WHERE p.full_name LIKE '_' || g.guess || '%')
SELECT g.guess FROM clinic.guesses g WHERE g.guess IN (SELECT substr(full_name, 2, 1) FROM clinic.patients)
SELECT v.n FROM (VALUES ('Aalpha Lovelace'), ('Aomega Lovelace')) v (n) JOIN clinic.patients p ON p.full_name = v.n
SELECT v.full_name FROM (VALUES ('Aalpha Lovelace')) v (full_name) JOIN clinic.patients USING (full_name)
SELECT * FROM (VALUES ('Aalpha Lovelace')) v (full_name) NATURAL JOIN clinic.patients
SELECT generate_series FROM generate_series(70, 79) LEFT JOIN clinic.patients ON floor(weight) = generate_series WHERE ward = 1
SELECT a.id, b.id FROM clinic.visits a JOIN clinic.visits b ON a.code = b.code AND a.id < b.id ORDER BY 1, 2 LIMIT 5
SELECT count(*) FROM clinic.visits a JOIN clinic.visits b USING (code)
SELECT v.id FROM clinic.visits v LEFT JOIN clinic.visits w ON w.code = v.code AND w.id = v.id + 3 WHERE w.id IS NULL
-- grouping and distinct
SELECT count(*) FROM clinic.visits GROUP BY code
SELECT count(DISTINCT code) FROM clinic.visits
SELECT count(*) FROM (SELECT DISTINCT code FROM clinic.visits) d
SELECT count(*) FROM clinic.patients GROUP BY left(full_name, 2) HAVING left(full_name, 2) < 'Am'
SELECT substr(code, 2, 1), count(*) FROM clinic.visits GROUP BY 1
SELECT count(*) FROM clinic.visits GROUP BY ROLLUP (code)
SELECT count(*), grouping(code) FROM clinic.visits GROUP BY CUBE (code)
SELECT DISTINCT ON (code) day FROM clinic.visits ORDER BY code, day
SELECT ward, count(*) FILTER (WHERE weight > 75) FROM clinic.patients GROUP BY ward
SELECT ward FROM clinic.patients GROUP BY ward HAVING max(weight) > 85
SELECT ward FROM clinic.patients GROUP BY ward HAVING bool_or(full_name LIKE '_a%')
SELECT count(DISTINCT ascii(substr(code, 2))) + ascii(min(substr(code, 2))) FROM clinic.visits
-- ordering, windows, limits
SELECT id FROM clinic.patients ORDER BY full_name = 'Balpha Turing' DESC, id
SELECT * FROM (SELECT id, weight FROM clinic.patients UNION ALL SELECT 99, 75.0) x (id, w) ORDER BY w LIMIT 1
SELECT x.id FROM (SELECT id, full_name FROM clinic.patients UNION ALL SELECT 90 + ascii(guess), 'A' || guess FROM clinic.guesses) x (id, n) ORDER BY n COLLATE "C"
SELECT id, rank() OVER (ORDER BY substr(code, 1, 7)) FROM clinic.visits ORDER BY id LIMIT 10
SELECT id, dense_rank() OVER (ORDER BY code) FROM clinic.visits ORDER BY id LIMIT 10
SELECT id, count(*) OVER (PARTITION BY code) FROM clinic.visits ORDER BY id LIMIT 10
SELECT id, ntile(4) OVER (ORDER BY code, id) FROM clinic.visits ORDER BY id LIMIT 12
SELECT id, lag(id) OVER (PARTITION BY code ORDER BY id) FROM clinic.visits ORDER BY id LIMIT 12
SELECT id, cume_dist() OVER (ORDER BY code) FROM clinic.visits ORDER BY id LIMIT 10
SELECT id FROM clinic.wards LIMIT (SELECT count(*) - 0 FROM clinic.patients WHERE weight > 75)
SELECT id FROM clinic.wards OFFSET (SELECT floor(weight)::int - 73 FROM clinic.patients WHERE id = 1)
SELECT generate_series(1, (SELECT ascii(substr(full_name, 2)) FROM clinic.patients WHERE id = 1))
SELECT * FROM generate_series(1, (SELECT weight::int FROM clinic.patients WHERE id = 1) - 65)
SELECT repeat('x', (SELECT weight::int FROM clinic.patients WHERE id = 2))
-- set operations
SELECT 'Aalpha Lovelace' INTERSECT SELECT full_name FROM clinic.patients
SELECT g.guess FROM clinic.guesses g INTERSECT SELECT substr(full_name, 2, 1) FROM clinic.patients
SELECT 'Aalpha Lovelace' EXCEPT SELECT full_name FROM clinic.patients
SELECT count(*) FROM (SELECT 'valpha1' UNION SELECT code FROM clinic.visits) u
SELECT 1 WHERE 73.5 IN (SELECT weight FROM clinic.patients)
SELECT 1 WHERE ROW('Aalpha Lovelace', 1) IN (SELECT full_name, id FROM clinic.patients)
SELECT 75 < ALL (SELECT weight FROM clinic.patients WHERE weight IS NOT NULL)
-- aggregates over few rows
SELECT sum(weight), avg(weight), stddev(weight) FROM clinic.patients
SELECT sum(weight) FROM clinic.patients WHERE id <> 1
SELECT min(weight), max(weight) FROM clinic.patients WHERE id = 1
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY weight) FROM clinic.patients
SELECT percentile_disc(0.1) WITHIN GROUP (ORDER BY code) FROM clinic.visits
SELECT mode() WITHIN GROUP (ORDER BY substr(code, 2, 3)) FROM clinic.visits
SELECT rank('m') WITHIN GROUP (ORDER BY substr(full_name, 2, 1)) FROM clinic.patients
SELECT bit_or(get_byte(picture, 0)), bool_and(weight < 85) FROM clinic.patients
SELECT regr_avgy(weight, id), regr_intercept(weight, id), regr_sxy(weight * weight, id) FROM clinic.patients
SELECT count(nullif(full_name, 'Aalpha Lovelace')) FROM clinic.patients
SELECT sum(length(full_name)), every(born > '1970-05-01') FROM clinic.patients
SELECT max(born) - min(born), age(max(born), '2020-01-01') FROM clinic.patients
-- conditions, distances
SELECT CASE WHEN full_name < 'Am' THEN 'early' ELSE 'late' END FROM clinic.patients
SELECT full_name > 'Am', weight >= 75, born = '1970-03-15' FROM clinic.patients
SELECT nullif(full_name, 'Aalpha Lovelace') IS NULL FROM clinic.patients
SELECT greatest(weight, 75), least(full_name, 'Am') FROM clinic.patients
SELECT width_bucket(weight, 70, 80, 10), weight % 10, sign(weight - 75) FROM clinic.patients
SELECT abs(weight - 75), weight::int & 7, round(weight) FROM clinic.patients
SELECT point(weight, 0) <-> point(75, 0) FROM clinic.patients
SELECT (weight IS NULL)::int + (coalesce(weight, 0) > 75)::int FROM clinic.patients
SELECT bit_length(full_name), octet_length(record::text), pg_column_size(full_name) FROM clinic.patients
SELECT hashtext(full_name), md5(full_name), sha256(full_name::bytea) FROM clinic.patients
SELECT hashtextextended(code, 1), crc FROM (SELECT code, hash_array(ARRAY[code]) AS crc FROM clinic.visits WHERE id < 4) x
-- conditional errors
SELECT 1 / (CASE WHEN full_name LIKE '_a%' THEN 0 ELSE 1 END) FROM clinic.patients
SELECT 1 / (weight::int - 74) FROM clinic.patients WHERE id = 1
SELECT CASE WHEN weight > 75 THEN full_name::int ELSE 0 END FROM clinic.patients WHERE id = 1
SELECT sqrt(75 - weight) FROM clinic.patients
SELECT ln(weight - 75) FROM clinic.patients
SELECT (SELECT id FROM clinic.patients p WHERE p.weight > 85 OR p.id = x.id) FROM clinic.patients x
SELECT repeat('x', (CASE WHEN weight > 75 THEN 2000000000 ELSE 1 END)) IS NULL FROM clinic.patients
SELECT chr(CASE WHEN weight > 75 THEN 0 ELSE 65 END) FROM clinic.patients
SELECT ('{' || full_name || CASE WHEN weight > 75 THEN '}' ELSE '' END)::int[] FROM clinic.patients
SELECT substring('x', 1, 75 - weight::int) FROM clinic.patients WHERE id = 1
SELECT to_date('2020-01-' || weight::int - 45, 'YYYY-MM-DD') FROM clinic.patients
SELECT (born - DATE '1970-05-01')::text::inet FROM clinic.patients WHERE id = 1
-- counts of changes
UPDATE clinic.wards w SET title = title FROM clinic.patients p WHERE p.ward = w.id AND p.weight > 85
DELETE FROM clinic.wards w USING clinic.patients p WHERE p.ward = w.id AND p.full_name LIKE '_a%'
INSERT INTO clinic.wards SELECT 100 + id, 'x' FROM clinic.patients WHERE weight > 75
WITH u AS (UPDATE clinic.wards SET title = title WHERE id IN (SELECT ward FROM clinic.patients WHERE weight > 85) RETURNING 1) SELECT count(*) FROM u
COPY (SELECT id FROM clinic.patients WHERE weight > 75) TO STDOUT
CREATE TEMP TABLE heavy AS SELECT id FROM clinic.patients WHERE weight > 75
SELECT id INTO TEMP heavy FROM clinic.patients WHERE weight > 75
DECLARE c CURSOR FOR SELECT id FROM clinic.patients WHERE weight > 75 ;; MOVE ALL c
-- probes of keys
INSERT INTO clinic.badges VALUES ('13-22', 'probe')
UPDATE clinic.badges SET ssn = '13-22'
INSERT INTO clinic.patients (id, ssn, full_name, ward) VALUES (50, '13-22', 'x', 1) ON CONFLICT (ssn) DO NOTHING
INSERT INTO clinic.patients (id, ssn, full_name, ward) VALUES (50, '13-22', 'x', 1)
UPDATE clinic.patients SET ssn = '13-22' WHERE id = 3
DELETE FROM clinic.patients WHERE ssn = '13-22'
UPDATE clinic.patients SET ward = 1 WHERE weight > 75
MERGE INTO clinic.wards w USING clinic.patients p ON p.ward = w.id AND p.weight > 75 WHEN MATCHED THEN UPDATE SET title = 'x'
MERGE INTO clinic.wards w USING clinic.patients p ON w.id = p.id + 50 WHEN NOT MATCHED AND p.weight > 75 THEN INSERT VALUES (p.id + 50, 'x')
SELECT o.id, d.code FROM clinic.orders o JOIN clinic.diagnoses d ON o.xmin = d.xmax
SELECT d.code, (d).xmax::text <> '0' FROM clinic.diagnoses d ORDER BY 1
