-- Errors of clients' own making
SELECT * FROM nothing -- ERROR 42P01
SELECT nothing FROM regions -- ERROR 42703
SELECT nothing(1) -- ERROR 42883
SELECT 1 +  -- ERROR 42601
SELECT 'a'::int -- ERROR 22P02
SELECT 1/0 -- ERROR 22012
SELECT (SELECT id FROM regions) -- ERROR 21000
SELECT 2147483647 + 1 -- ERROR 22003
INSERT INTO regions VALUES (1, 'again') -- ERROR 23505
INSERT INTO regions VALUES (95, NULL) -- ERROR 23502
INSERT INTO shop.sale (product_id, store, quantity, sold) VALUES (999, 'x', 1, now()) -- ERROR 23503
INSERT INTO shop.product (id, sku, label, price) VALUES (90, 'neg', 'x', -1) -- ERROR 23514
INSERT INTO shop.product (id, sku, label) VALUES (90, 'much too long for it', 'x') -- ERROR 22001
DELETE FROM shop.product WHERE id = 1 -- ERROR 23503
SELECT id, count(*) FROM regions -- ERROR 42803
SELECT a.id FROM regions a, regions b WHERE id = 1 -- ERROR 42702
SELECT ARRAY[1, 'x'::text] -- ERROR 42804
SET nothing = 1 -- ERROR 42704
SHOW nothing -- ERROR 42704
SET work_mem = 'much' -- ERROR 22023
SAVEPOINT s -- ERROR 25P01
FETCH nothing -- ERROR 34000
