-- COPY
COPY regions TO STDOUT
COPY shop.product (id, label, tags) TO STDOUT WITH (FORMAT csv, HEADER, QUOTE '"', FORCE_QUOTE (label))
COPY (SELECT store, sum(quantity) FROM shop.sale GROUP BY store ORDER BY store) TO STDOUT WITH (DELIMITER '|', NULL 'none')
COPY (VALUES (1, 'a'), (2, NULL)) TO STDOUT (FORMAT csv)
COPY (SELECT 1::int, 'x'::text) TO STDOUT WITH (FORMAT binary)
COPY (SELECT id FROM shop.product WHERE false) TO STDOUT
COPY (DELETE FROM shop.stock WHERE sku = 'none' RETURNING *) TO STDOUT
COPY regions (id, name) FROM STDIN
SELECT * FROM regions WHERE id = 900
COPY regions FROM STDIN WITH (FORMAT csv, DELIMITER E'\t') -- ERROR 23505
DELETE FROM regions WHERE id = 900
COPY shop.stock TO STDOUT CSV HEADER
