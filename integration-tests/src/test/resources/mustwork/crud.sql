-- Reading and writing of applications
SELECT id, sku, label FROM shop.product WHERE id = 3
SELECT * FROM shop.product ORDER BY id LIMIT 2 OFFSET 1
SELECT EXISTS (SELECT 1 FROM shop.product WHERE sku = 'B-100')
INSERT INTO shop.product (id, sku, label, price) VALUES (10, 'N-1', 'Nib', 2.25)
INSERT INTO shop.product (id, sku, label) VALUES (11, 'N-2', 'Ink'), (12, 'N-3', 'Blotter') RETURNING id, sku, price, tags
INSERT INTO shop.sale (product_id, store, quantity, sold) VALUES (10, 'Bern', 1, '2025-05-01 00:00Z') RETURNING *
INSERT INTO shop.sale DEFAULT VALUES -- ERROR 23502
INSERT INTO shop.sale (product_id, store, quantity, sold) SELECT id, 'Uri', 1, '2025-05-02 00:00Z' FROM shop.product WHERE id > 10 RETURNING id, product_id
UPDATE shop.product SET price = price * 2, label = upper(label) WHERE id = 10
UPDATE shop.product SET (price, category) = (SELECT 9.99, 'ink') WHERE id = 11 RETURNING price, category
UPDATE shop.product p SET category = 'sold' FROM shop.sale s WHERE s.product_id = p.id AND s.store = 'Uri' RETURNING p.id, s.quantity
UPDATE shop.product SET tags = tags || '{new}'::text[], specs = specs || '{"new": true}' WHERE id = 12 RETURNING tags, specs
UPDATE shop.product SET price = DEFAULT WHERE id = 12
DELETE FROM shop.sale USING shop.product p WHERE p.id = product_id AND p.category = 'sold' RETURNING sale.store
DELETE FROM shop.product WHERE id >= 12
DELETE FROM shop.product WHERE false
WITH gone AS (DELETE FROM shop.product WHERE id = 11 RETURNING *) SELECT id, sku FROM gone
WITH added AS (INSERT INTO shop.product (id, sku, label) VALUES (20, 'X-1', 'Stamp') RETURNING id) INSERT INTO shop.sale (product_id, store, quantity, sold) SELECT id, 'Zug', 3, '2025-06-01 00:00Z' FROM added RETURNING product_id, quantity
INSERT INTO regions VALUES (50, 'centre')
UPDATE regions SET name = 'middle' WHERE id = 50 RETURNING *
DELETE FROM regions WHERE id = 50
SELECT nextval('shop.ticket'), nextval('shop.ticket'), currval('shop.ticket')
SELECT lastval(), setval('shop.ticket', 2000), setval('shop.ticket', 3000, false), nextval('shop.ticket'::regclass)
SELECT last_value, is_called FROM shop.ticket
SELECT pg_get_serial_sequence('shop.sale', 'id')
TRUNCATE shop.measure
SELECT count(*) FROM shop.measure
SELECT ctid, xmin IS NOT NULL AS versioned FROM shop.stock WHERE sku = 'B-100'
SELECT id FROM shop.product WHERE id = 1 FOR UPDATE
SELECT p.id FROM shop.product p JOIN shop.sale s ON s.product_id = p.id WHERE s.id = 1 FOR SHARE OF p NOWAIT
SELECT id FROM shop.product WHERE id < 3 ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
