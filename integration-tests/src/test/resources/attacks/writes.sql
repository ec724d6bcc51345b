-- what a write to a table, or its refusal by a constraint, tells of protected values
SELECT code FROM clinic.asked WHERE asker::text <> '0'
DELETE FROM clinic.diagnoses WHERE code = 'c3'
UPDATE clinic.diagnoses SET code = 'x' WHERE code = 'c3'
WITH d AS (DELETE FROM clinic.diagnoses WHERE code = 'c7' RETURNING code) SELECT count(*) FROM d
WITH d AS (DELETE FROM clinic.diagnoses WHERE code = 'c7') INSERT INTO clinic.wards VALUES (7, 'x')
INSERT INTO clinic.diagnoses VALUES ('c3') ON CONFLICT (code) DO UPDATE SET code = 'x'
MERGE INTO clinic.diagnoses d USING (VALUES ('c3')) v(code) ON d.code = v.code WHEN MATCHED THEN DELETE
INSERT INTO clinic.members (id, pin) VALUES (9, 'kALPHA')
INSERT INTO clinic.members (id, note, pin) SELECT 9, 'x', 'kALPHA'
UPDATE clinic.members SET pin = 'kALPHA' WHERE id = 2
INSERT INTO clinic.members (id, note, plan) VALUES (9, 'x', 'PALPHA')
UPDATE clinic.members SET plan = 'PALPHA' WHERE id = 2
UPDATE clinic.members SET note = 'Kalpha' WHERE id = 1
UPDATE clinic.members SET hint = 'Kalpha' WHERE id = 1
UPDATE clinic.members SET level = 2 WHERE id = 1 AND code = 'c3'
UPDATE clinic.members SET note = pin RETURNING note
UPDATE clinic.members SET (note, level) = (pin, 2) RETURNING note
UPDATE clinic.members SET note = 'x' RETURNING members
UPDATE clinic.members SET note = 'x' WHERE members::text LIKE '%alpha%'
UPDATE clinic.members m SET note = (m).pin RETURNING note
UPDATE clinic.members m SET note = 'x' WHERE pin(m) = 'Kalpha'
UPDATE clinic.members SET note = 'x' WHERE U&"p\0069n" = 'Kalpha'
UPDATE clinic.members SET note = 'x' FROM clinic.members o WHERE o.pin = 'Kalpha'
DELETE FROM clinic.members RETURNING *
DELETE FROM clinic.members USING clinic.members o WHERE o.pin = 'Kalpha'
DELETE FROM clinic.members WHERE id IN (SELECT id FROM clinic.members WHERE pin = 'Kalpha')
MERGE INTO clinic.members m USING (VALUES (1)) v(i) ON m.id = v.i AND m.pin = 'Kalpha' WHEN MATCHED THEN UPDATE SET level = 2
WITH u AS (UPDATE clinic.members SET level = 5 RETURNING id, pin) SELECT * FROM u
DECLARE c CURSOR FOR SELECT id FROM clinic.members WHERE pin = 'Kalpha' FOR UPDATE ;; MOVE c ;; UPDATE clinic.members SET level = 5 WHERE CURRENT OF c
UPDATE clinic.plain_members SET hint = 'Kalpha' WHERE id = 1
UPDATE clinic.plain_members SET hint = 'Kalpha' WHERE id = 1 ;; SELECT id FROM clinic.plain_members
DELETE FROM clinic.plain_members WHERE (SELECT pin FROM clinic.members WHERE id = 1) = 'Kalpha'
SELECT id, tableoid::regclass FROM clinic.bands
SELECT b.id, b.tableoid FROM clinic.bands b
SELECT id FROM clinic.bands_low
SELECT sum(id) FROM ONLY clinic.bands_high
COPY clinic.bands_low (id) TO STDOUT
DELETE FROM clinic.bands_high RETURNING id
UPDATE clinic.bands SET note = 'y' WHERE id = 1 RETURNING tableoid
UPDATE clinic.bands SET note = 'y' WHERE tableoid = 'clinic.bands_low'::regclass RETURNING id
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) SELECT id FROM clinic.bands WHERE id = 1
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) UPDATE clinic.bands SET note = 'y' WHERE id = 1
PREPARE p AS SELECT id FROM clinic.bands WHERE id = 1 ;; EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) EXECUTE p
WITH b AS (INSERT INTO clinic.receipts VALUES (1, 'malpha')) DELETE FROM clinic.wards WHERE id = 9
UPDATE clinic.members SET level = (level IS DISTINCT FROM 1)::int, hint = 'Kalpha' WHERE id = 1
INSERT INTO clinic.members (id, note) SELECT id + 50, pin FROM clinic.members RETURNING note
SELECT setval('clinic.coupons_id_seq', 4) ;; INSERT INTO clinic.coupons (title) VALUES ('x')
SELECT setval('clinic.coupons_id_seq', 4) ;; INSERT INTO clinic.coupons DEFAULT VALUES
UPDATE clinic.plans SET title = 'x' WHERE id = 1
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO clinic.plans (id) VALUES (1)
EXPLAIN (VERBOSE, COSTS OFF) UPDATE clinic.plans SET price = DEFAULT
PREPARE p AS INSERT INTO clinic.plans (id) VALUES (9) ;; EXPLAIN (VERBOSE, COSTS OFF) EXECUTE p
UPDATE clinic.orders SET code = 'c3' WHERE id = 1 ;; SELECT code FROM clinic.diagnoses WHERE xmax = pg_current_xact_id()::xid
UPDATE clinic.orders SET code = 'c3' WHERE id = 1 ;; SELECT pg_stat_get_xact_numscans('clinic.diagnoses'::regclass) > 0
UPDATE clinic.orders SET drug = 'Dalpha' WHERE id = 1 ;; SELECT pg_stat_get_xact_tuples_hot_updated('clinic.orders'::regclass) > 0
UPDATE clinic.orders SET note = 'x' WHERE id = 2 ;; SELECT pg_current_wal_insert_lsn() AS before INTO TEMP wal ;; UPDATE clinic.orders SET dose = 'alpha alpha alpha alphx' WHERE id = 1 ;; SELECT pg_current_wal_insert_lsn() - before FROM wal
INSERT INTO clinic.vouchers (id, note) VALUES (9, 'x')
INSERT INTO clinic.vouchers (id) SELECT id + 50 FROM clinic.wards WHERE id = 1
UPDATE clinic.bands SET band = 3 WHERE id = 1 ;; SELECT pg_stat_get_xact_tuples_inserted('clinic.bands_low'::regclass)
SELECT id, place FROM clinic.places
SELECT id FROM clinic.places WHERE place = 'clinic.bands_low'::regclass
SELECT id, spot FROM clinic.places
INSERT INTO clinic.badge_list VALUES ('13-22', 'x')
INSERT INTO clinic.badges_again VALUES ('13-22', 'x')
WITH b AS (INSERT INTO clinic.badge_list VALUES ('13-22', 'x')) SELECT
INSERT INTO clinic.badge_desk VALUES ('13-22')
DELETE FROM clinic.diagnosis_list WHERE code = 'c3'
UPDATE clinic.diagnosis_list SET code = 'x' WHERE code = 'c3'
UPDATE clinic.member_list SET note = 'Kalpha' WHERE id = 1
INSERT INTO clinic.notices VALUES (2, 'x')
UPDATE clinic.notices SET text = 'y'
DELETE FROM clinic.floors WHERE id = 1
UPDATE clinic.stamps SET pin = 'Kalpha' WHERE id = 1
UPDATE clinic.seals SET note = 'x' WHERE id = 1
UPDATE clinic.keys SET note = 'x' WHERE id = 1
UPDATE clinic.cases SET note = 'Kalpha' WHERE id = 1
WITH c AS (UPDATE clinic.cases SET note = 'Kalpha' RETURNING id) SELECT id FROM c
DELETE FROM clinic.clubs WHERE id = 1
