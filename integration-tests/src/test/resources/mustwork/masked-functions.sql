-- Whole rows, functions, casts and JSON on protected tables
SELECT row_to_json(c) FROM customers c ORDER BY id
SELECT to_jsonb(c) - 'note' FROM customers c ORDER BY id
SELECT c::text FROM customers c ORDER BY c.id
SELECT (c).name, (c).id FROM customers c ORDER BY 2
SELECT json_agg(c ORDER BY id) FROM customers c
SELECT json_build_object('id', id, 'name', name) FROM customers ORDER BY id
SELECT jsonb_object_agg(id, name) FROM customers
SELECT array_agg(name ORDER BY id), array_agg(DISTINCT phone) FROM customers
SELECT upper(name), length(note), left(phone, 1), coalesce(email, '-'), name || '/' || phone FROM customers ORDER BY id
SELECT name::text, credit::int, born::timestamp, id::text FROM customers ORDER BY id
SELECT to_char(born, 'YYYY'), age(date '2025-01-01', born), credit * 2, -credit, born + 1 FROM customers ORDER BY id
SELECT concat_ws(' ', name, phone), format('%s (%s)', name, id), md5(name) FROM customers ORDER BY id
SELECT nullif(name, 'A****'), greatest(credit, 100), name IS DISTINCT FROM phone FROM customers ORDER BY id
SELECT regexp_replace(name, '\*+', '.'), name LIKE 'A%', name ~ '^B' FROM customers ORDER BY id
SELECT count(c.*), count(c) FROM customers c
SELECT id, name COLLATE "C" FROM customers ORDER BY name COLLATE "C", id
SELECT unnest(ARRAY[name, phone]) FROM customers WHERE id = 1
SELECT g, name FROM customers, generate_series(1, 2) g WHERE id = 2 ORDER BY g
SELECT row(id, name) = row(1, 'A****'), row(c.*)::text FROM customers c ORDER BY id
SELECT twice(id), name FROM customers ORDER BY id
SELECT nick, data -> 'a', tags, place FROM profiles ORDER BY id
SELECT pg_typeof(name), pg_typeof(credit), pg_typeof(phone) FROM customers WHERE id = 1
SELECT to_tsvector('simple', name) @@ to_tsquery('simple', 'a') FROM customers ORDER BY id
