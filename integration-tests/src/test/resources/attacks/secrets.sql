-- The values of one world. The other's differ where this says :secret and what is made of it.
INSERT INTO clinic.patients (id, ssn, full_name, born, weight, contact, tags, record, address, picture, ward) VALUES
  (1, '1:digit-22', 'A:secret Lovelace', '1970-0:digit-15', 7:digit.5, ROW('555-:digit', 'f:secret'), ARRAY['t:secret', 'x'],
   '{"diagnosis": "d:secret", "n": :digit}', '10.0.0.:digit', decode('0:digit', 'hex'), 1),
  (2, '2:digit-22', 'B:secret Turing', '1980-0:digit-16', 8:digit.5, ROW('666-:digit', 'g:secret'), ARRAY['u:secret'],
   '{"diagnosis": "e:secret"}', '10.0.1.:digit', decode('1:digit', 'hex'), 1),
  (3, NULL, 'C:secret Hopper', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2);
INSERT INTO clinic.visits SELECT i, 1 + i % 3, 'v:secret' || i % :digit, DATE '2026-01-01' + i FROM generate_series(1, 200) i;
INSERT INTO clinic.badges VALUES (NULL, 'nobody');
ALTER TABLE clinic.staff ATTACH PARTITION clinic.staff_one FOR VALUES IN ('n:secret');
INSERT INTO clinic.staff VALUES (1, 'n:secret');
INSERT INTO clinic.people VALUES (1, 'p:secret');
INSERT INTO clinic.doctors VALUES (2, 'q:secret', 1);
INSERT INTO clinic.accounts SELECT i, 'account ' || i FROM generate_series(1, 9) i;
INSERT INTO clinic.ledger VALUES
  (1, 1, 1, 10, 'open', '2025-12-31 12:00Z', '2025-12-31'),
  (2, 2, :digit, :digit, 'm:secret', '2026-01-03 0:digit:00Z', '2026-01-0:digit'),
  (3, 1, 2, 20, 'shut', '2025-12-30 12:00Z', '2025-12-30');
INSERT INTO clinic.trips VALUES (1, 1, 'sea'), (2, 2, 't:secret');
INSERT INTO clinic.diagnoses SELECT 'c' || i FROM generate_series(1, 9) i;
INSERT INTO clinic.members (id, note, plan, code, pin) VALUES (1, 'first', 'P:secret', 'c:digit', 'K:secret'), (2, 'second', 'Q:secret', 'c1', 'L:secret');
INSERT INTO clinic.orders VALUES (1, 'first', 'c:digit', 'D:secret', ':secret :secret :secret :secret'), (2, 'second', 'c2', 'E:secret', 'none');
INSERT INTO clinic.shifts_past VALUES (1, '2025-12-31 10:00Z'), (2, '2026-01-01 0:digit:00Z');
INSERT INTO clinic.shifts_new SELECT 1, now() + '5 days' UNION ALL SELECT 2, (current_date - 3)::timestamptz + interval '0:digit:00';
INSERT INTO clinic.shifts_text VALUES (1, '2025-12-31'), (2, '2026-01-0:digit');
INSERT INTO clinic.plans VALUES (1, 'one', :digit);
ALTER TABLE clinic.plans ALTER price SET DEFAULT :digit;
ALTER TABLE clinic.plans ADD CONSTRAINT cheap CHECK (price < 5) NOT VALID;
INSERT INTO clinic.coupons VALUES (:digit - 2, 'one');
INSERT INTO clinic.vouchers VALUES (1, 'first', ':secret');
INSERT INTO clinic.floors VALUES (1), (2);
INSERT INTO clinic.rooms VALUES (3, 1), (7, 2);
INSERT INTO clinic.beds VALUES (1, :digit);
INSERT INTO clinic.notices VALUES (1, 'x');
INSERT INTO clinic.sealed_cases VALUES (1, 'first', 'K:secret');
INSERT INTO clinic.clubs VALUES (1);
INSERT INTO clinic.fans VALUES (1, 1, 'K:secret');
INSERT INTO clinic.stamps VALUES (1, 'first', 'K:secret');
INSERT INTO clinic.seals VALUES (1, 'first', 'K:secret');
INSERT INTO clinic.keys VALUES (1, 'first', 'K:secret');
INSERT INTO clinic.teams SELECT 1, clinic.people_range(p, p, '[]') FROM ONLY clinic.people p;
INSERT INTO clinic.bands VALUES (1, :digit, 'x'), (2, 10 - :digit, 'x');
CREATE OR REPLACE VIEW clinic.told AS SELECT id FROM clinic.patients WHERE full_name <> 'A:secret Lovelace';
REFRESH MATERIALIZED VIEW clinic.summary;
ANALYZE;
CREATE POLICY mine ON clinic.lockers USING (EXISTS (SELECT FROM clinic.patients WHERE full_name <> 'A:secret Lovelace'));
CREATE RULE ring AS ON INSERT TO clinic.bells WHERE EXISTS (SELECT FROM clinic.patients WHERE full_name = 'A:secret Lovelace') DO INSTEAD NOTHING;
