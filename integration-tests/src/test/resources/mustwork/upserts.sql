-- Upserts and MERGE
INSERT INTO shop.stock VALUES ('B-100', 1) ON CONFLICT DO NOTHING
INSERT INTO shop.stock VALUES ('B-100', 1) ON CONFLICT (sku) DO NOTHING RETURNING *
INSERT INTO shop.stock VALUES ('B-100', 7), ('Z-1', 3) ON CONFLICT (sku) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand RETURNING sku, on_hand
INSERT INTO shop.stock AS s VALUES ('Z-1', 1) ON CONFLICT ON CONSTRAINT stock_pkey DO UPDATE SET on_hand = excluded.on_hand WHERE s.on_hand > 100
INSERT INTO shop.stock (sku) SELECT sku FROM shop.product ON CONFLICT (sku) DO UPDATE SET note = 'seen' RETURNING sku, note
INSERT INTO shop.stock VALUES ('A', 1), ('A', 2) ON CONFLICT (sku) DO UPDATE SET on_hand = 0 -- ERROR 21000
MERGE INTO shop.stock t USING (VALUES ('B-100', 50), ('Q-1', 1)) AS s (sku, n) ON t.sku = s.sku WHEN MATCHED THEN UPDATE SET on_hand = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.sku, s.n, 'merged')
MERGE INTO shop.stock t USING shop.product p ON p.sku = t.sku WHEN MATCHED AND p.price > 10 THEN DELETE WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN DO NOTHING
WITH n AS (SELECT 'W-1' AS sku) MERGE INTO shop.stock t USING n ON t.sku = n.sku WHEN NOT MATCHED THEN INSERT (sku, on_hand) VALUES (n.sku, DEFAULT)
MERGE INTO ONLY shop.stock AS t USING (SELECT 1) x ON false WHEN NOT MATCHED AND true THEN INSERT DEFAULT VALUES -- ERROR 23502
SELECT * FROM shop.stock ORDER BY sku
INSERT INTO regions OVERRIDING SYSTEM VALUE VALUES (80, 'over')
INSERT INTO regions VALUES (80, 'again') ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE regions.name <> excluded.name RETURNING *
