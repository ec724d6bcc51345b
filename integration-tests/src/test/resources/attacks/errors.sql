-- values in messages
SELECT full_name::numeric FROM clinic.patients WHERE id = 1
SELECT (full_name || weight)::timestamptz FROM clinic.patients WHERE id = 1
SELECT ARRAY[full_name]::int[] FROM clinic.patients WHERE id = 1
SELECT full_name::json FROM clinic.patients WHERE id = 1
SELECT jsonb(full_name) FROM clinic.patients WHERE id = 1
SELECT xmlparse(DOCUMENT full_name) FROM clinic.patients WHERE id = 1
SELECT split_part(full_name, ' ', 1)::regclass FROM clinic.patients WHERE id = 1
SELECT split_part(full_name, ' ', 1)::regproc FROM clinic.patients WHERE id = 1
SELECT split_part(full_name, ' ', 1)::regtype FROM clinic.patients WHERE id = 1
SELECT has_table_privilege(split_part(full_name, ' ', 1), 'select') FROM clinic.patients WHERE id = 1
SELECT nextval(split_part(full_name, ' ', 1)) FROM clinic.patients WHERE id = 1
SELECT full_name::interval, full_name::inet FROM clinic.patients WHERE id = 1
SELECT date_trunc(full_name, now()) FROM clinic.patients WHERE id = 1
SELECT date_part(full_name, now()) FROM clinic.patients WHERE id = 1
SELECT now() AT TIME ZONE full_name FROM clinic.patients WHERE id = 1
SELECT convert_to('x', full_name) FROM clinic.patients WHERE id = 1
SELECT encode('x', full_name) FROM clinic.patients WHERE id = 1
SELECT decode(full_name, 'hex') FROM clinic.patients WHERE id = 1
SELECT to_tsquery(full_name || ' &') FROM clinic.patients WHERE id = 1
SELECT full_name::tsquery FROM clinic.patients WHERE id = 1
SELECT format('%' || substr(full_name, 2)) FROM clinic.patients WHERE id = 1
SELECT current_setting(full_name) FROM clinic.patients WHERE id = 1
SELECT set_config(full_name, 'x', true) FROM clinic.patients WHERE id = 1
SELECT jsonb_set(record, full_name::text[], '1') FROM clinic.patients WHERE id = 1
SELECT (record ->> 'diagnosis')::int FROM clinic.patients WHERE id = 1
SELECT (contact).phone::int FROM clinic.patients WHERE id = 1
SELECT tags[1]::int FROM clinic.patients WHERE id = 1
SELECT ssn::int FROM clinic.patients WHERE id = 1
SELECT born::text::int FROM clinic.patients WHERE id = 1
SELECT host(address)::int FROM clinic.patients WHERE id = 1
SELECT ('{' || full_name)::text[] FROM clinic.patients WHERE id = 1
SELECT ('(' || full_name)::clinic.contact FROM clinic.patients WHERE id = 1
SELECT int4range(weight::int, 75) FROM clinic.patients WHERE id = 1
SELECT make_date(2020, weight::int - 65, 1) FROM clinic.patients WHERE id = 1
SELECT power(0, 75 - weight), 10 ^ (weight * 1000) FROM clinic.patients WHERE id = 1
SELECT (weight * 430)::int2 FROM clinic.patients WHERE id = 1
INSERT INTO clinic.patients (id, full_name, ward, weight) SELECT 60, full_name, ward, 600 FROM clinic.patients WHERE id = 1
CREATE TEMP TABLE u (n text UNIQUE) ;; INSERT INTO u SELECT full_name FROM clinic.patients UNION ALL SELECT full_name FROM clinic.patients
INSERT INTO clinic.wards SELECT weight::int, full_name FROM clinic.patients WHERE id < 3 ON CONFLICT DO NOTHING RETURNING id
INSERT INTO clinic.staff VALUES (9, 'nalpha')
INSERT INTO clinic.badges SELECT '9' || ssn, full_name FROM clinic.patients
UPDATE clinic.patients SET weight = weight * 100
UPDATE clinic.patients SET ssn = (SELECT ssn FROM clinic.patients WHERE id = 2) WHERE id = 1
UPDATE clinic.patients SET full_name = NULL WHERE id = 1
UPDATE clinic.orders SET note = 'complain' WHERE id = 1
