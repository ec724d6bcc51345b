-- Two worlds are made of this: alike in everything but the values of protected columns, whose masks agree.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mallory') THEN CREATE ROLE mallory LOGIN PASSWORD 'mallory'; END IF;
END $$;
CREATE SCHEMA clinic;
CREATE DOMAIN social_number AS text CHECK (VALUE ~ '^[0-9-]+$');
CREATE TYPE clinic.contact AS (phone text, fax text);
CREATE TABLE clinic.patients (
  id int PRIMARY KEY,
  ssn social_number UNIQUE,
  full_name text NOT NULL,
  born date,
  weight numeric(5,1) CHECK (weight < 500),
  contact clinic.contact,
  tags text[],
  record jsonb,
  address inet,
  picture bytea,
  initials text GENERATED ALWAYS AS (left(full_name, 3)) STORED,
  ward int NOT NULL
);
CREATE TABLE clinic.wards (id int PRIMARY KEY, title text NOT NULL);
CREATE TABLE clinic.visits (id int PRIMARY KEY, patient int REFERENCES clinic.patients, code text NOT NULL, day date NOT NULL);
CREATE INDEX visits_code ON clinic.visits (code);
CREATE TABLE clinic.badges (ssn social_number REFERENCES clinic.patients (ssn), holder text);
CREATE TABLE clinic.staff (id int, nick text) PARTITION BY LIST (nick);
CREATE TABLE clinic.staff_one (id int, nick text);
CREATE TABLE clinic.people (id int, alias text);
CREATE TABLE clinic.doctors (rank int) INHERITS (clinic.people);
CREATE TABLE clinic.guesses (id int PRIMARY KEY, guess text);
CREATE VIEW clinic.contacts AS SELECT id, full_name, (contact).phone AS phone FROM clinic.patients;
CREATE VIEW clinic.heavy AS SELECT id FROM clinic.patients WHERE weight > 70;
CREATE VIEW clinic.told AS SELECT id FROM clinic.patients WHERE full_name <> 'nobody';
CREATE VIEW clinic.over_told AS SELECT t.id, w.title FROM clinic.told t, clinic.wards w;
CREATE VIEW clinic.settings AS SELECT * FROM pg_settings;
CREATE VIEW clinic.quiet WITH (security_barrier) AS SELECT * FROM clinic.contacts;
CREATE MATERIALIZED VIEW clinic.summary AS SELECT ward, min(full_name) AS first FROM clinic.patients GROUP BY ward WITH NO DATA;
CREATE FUNCTION clinic.weigh(int) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT weight FROM clinic.patients WHERE id = $1';
CREATE FUNCTION clinic.is_known(text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM clinic.patients WHERE ssn = $1)';
CREATE DOMAIN clinic.known AS text CHECK (clinic.is_known(VALUE));
CREATE DOMAIN clinic.knowing AS text CHECK (VALUE::clinic.known IS NOT NULL);
CREATE TABLE clinic.claims (id int, ssn clinic.known);
CREATE TYPE clinic.size AS ENUM ('small', 'large');
CREATE FUNCTION clinic.measure(clinic.size) RETURNS real LANGUAGE sql STABLE AS 'SELECT weight::real FROM clinic.patients WHERE id = 1';
CREATE CAST (clinic.size AS real) WITH FUNCTION clinic.measure(clinic.size);
CREATE TABLE clinic.gowns (id int PRIMARY KEY, size clinic.size);
CREATE FUNCTION clinic.same(text, text) RETURNS boolean LANGUAGE plpgsql AS
  $$ BEGIN RAISE NOTICE 'compared % and %', $1, $2; RETURN $1 = $2; END $$;
CREATE OPERATOR clinic.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = clinic.same);
CREATE FUNCTION clinic.weighs(text, int) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM clinic.patients WHERE weight = $2 + 0.5)';
CREATE OPERATOR public.!~~* (LEFTARG = text, RIGHTARG = int, FUNCTION = clinic.weighs);
CREATE AGGREGATE clinic.collect (text) (SFUNC = textcat, STYPE = text, INITCOND = '');
CREATE FUNCTION public."left"(text, int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'left %', $1; RETURN $1; END $$;
CREATE FUNCTION public.lower(social_number) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'lower %', $1; RETURN $1; END $$;
-- Tables with hidden rows: the worlds differ in what the rows of ward 2 hold, and in nothing else.
CREATE TABLE clinic.accounts (id int PRIMARY KEY, title text NOT NULL);
CREATE TABLE clinic.ledger (
  id int PRIMARY KEY,
  ward int NOT NULL,
  account int REFERENCES clinic.accounts,
  amount int NOT NULL,
  memo text,
  booked timestamptz,
  day date
);
CREATE UNIQUE INDEX ledger_memo ON clinic.ledger (memo);
CREATE TABLE clinic.receipts (ledger int, memo text REFERENCES clinic.ledger (memo));
CREATE TABLE clinic.trips (id int, ward int NOT NULL, goal text) PARTITION BY LIST (ward);
CREATE TABLE clinic.trips_one PARTITION OF clinic.trips FOR VALUES IN (1);
CREATE TABLE clinic.trips_two PARTITION OF clinic.trips FOR VALUES IN (2);
CREATE VIEW clinic.ledger_memos AS SELECT id, memo FROM clinic.ledger;
CREATE VIEW clinic.ledger_sums AS SELECT ward, sum(amount) AS total FROM clinic.ledger GROUP BY ward;
-- A table that masked roles may write.
CREATE TABLE clinic.diagnoses (code text PRIMARY KEY);
CREATE TABLE clinic.members (
  id int PRIMARY KEY,
  note text,
  level int DEFAULT 1,
  plan text,
  code text REFERENCES clinic.diagnoses,
  pin text,
  pin_key text GENERATED ALWAYS AS (lower(pin)) STORED UNIQUE,
  hint text,
  CHECK (note IS DISTINCT FROM pin),
  CHECK (members.*::text NOT LIKE '%Kalpha%Kalpha%')
);
CREATE UNIQUE INDEX members_plan ON clinic.members (lower(plan));
CREATE TABLE clinic.coupons (id serial PRIMARY KEY, title text);
GRANT ALL ON SEQUENCE clinic.coupons_id_seq TO mallory;
CREATE TABLE clinic.plans (id int PRIMARY KEY, title text, price int DEFAULT 0);
CREATE FUNCTION clinic.complain() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE check_violation USING TABLE = OLD.drug, COLUMN = OLD.drug, CONSTRAINT = OLD.drug, DATATYPE = OLD.drug, SCHEMA = OLD.drug; END $$;
CREATE TABLE clinic.orders (id int PRIMARY KEY, note text, code text REFERENCES clinic.diagnoses, drug text, dose text);
CREATE INDEX orders_drug ON clinic.orders (drug);
CREATE TRIGGER complain BEFORE UPDATE ON clinic.orders FOR EACH ROW WHEN (NEW.note = 'complain') EXECUTE FUNCTION clinic.complain();
CREATE TABLE clinic.bands (id int, band int, note text) PARTITION BY RANGE (band);
CREATE TABLE clinic.bands_low PARTITION OF clinic.bands FOR VALUES FROM (0) TO (5);
CREATE TABLE clinic.bands_high PARTITION OF clinic.bands FOR VALUES FROM (5) TO (10);
CREATE VIEW clinic.places AS SELECT id, tableoid::regclass AS place, ctid AS spot FROM clinic.bands;
CREATE VIEW clinic.asked AS SELECT code, xmax AS asker FROM clinic.diagnoses;
CREATE TABLE clinic.vouchers (id int PRIMARY KEY, note text, pin text);
CREATE UNIQUE INDEX vouchers_pin ON clinic.vouchers (coalesce(pin, 'alpha'));
CREATE TYPE clinic.people_range AS RANGE (SUBTYPE = clinic.people);
CREATE TABLE clinic.teams (id int PRIMARY KEY, members clinic.people_range);
CREATE VIEW clinic.badge_list AS SELECT ssn, holder FROM clinic.badges;
CREATE VIEW clinic.badges_again AS SELECT * FROM clinic.badge_list;
CREATE VIEW clinic.diagnosis_list AS SELECT code FROM clinic.diagnoses WHERE code <> '';
CREATE VIEW clinic.member_list AS SELECT id, note FROM clinic.members;
CREATE TABLE clinic.notices (id int PRIMARY KEY, text text);
CREATE RULE patients AS ON INSERT TO clinic.notices DO ALSO SELECT full_name FROM clinic.patients;
CREATE RULE sure AS ON UPDATE TO clinic.notices WHERE EXISTS (SELECT FROM clinic.patients WHERE full_name = 'Aalpha Lovelace') DO INSTEAD NOTHING;
CREATE VIEW clinic.badge_desk AS SELECT 'x'::text AS ssn;
CREATE RULE badge AS ON INSERT TO clinic.badge_desk DO INSTEAD INSERT INTO clinic.badges VALUES (new.ssn, 'desk');
CREATE TABLE clinic.floors (id int PRIMARY KEY);
CREATE TABLE clinic.rooms (id int PRIMARY KEY, floor int REFERENCES clinic.floors ON DELETE CASCADE);
CREATE TABLE clinic.beds (id int PRIMARY KEY, room int REFERENCES clinic.rooms);
CREATE TABLE clinic.cases (id int PRIMARY KEY, note text);
CREATE TABLE clinic.sealed_cases (pin text, CHECK (note IS DISTINCT FROM pin)) INHERITS (clinic.cases);
CREATE TABLE clinic.clubs (id int PRIMARY KEY);
CREATE TABLE clinic.fans (id int PRIMARY KEY, club int REFERENCES clinic.clubs ON DELETE SET NULL, pin text, CHECK (club IS NOT NULL OR pin <> 'Kalpha'));
CREATE TABLE clinic.stamps (id int PRIMARY KEY, note text, pin text);
CREATE TRIGGER same BEFORE UPDATE ON clinic.stamps FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TABLE clinic.seals (id int PRIMARY KEY, note text, pin text);
CREATE FUNCTION clinic.tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'told'; RETURN NEW; END $$;
CREATE TRIGGER known BEFORE UPDATE ON clinic.seals FOR EACH ROW WHEN (OLD.pin = 'Kalpha') EXECUTE FUNCTION clinic.tell();
CREATE TRIGGER changed BEFORE UPDATE ON clinic.seals FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION clinic.tell();
CREATE TABLE clinic.keys (id int PRIMARY KEY, note text, pin text);
ALTER TABLE clinic.keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY other ON clinic.keys USING (true) WITH CHECK (pin <> 'Kalpha');
CREATE VIEW clinic.plain_members WITH (check_option = local) AS SELECT id, note, level, hint FROM clinic.members WHERE hint IS DISTINCT FROM pin;
CREATE TABLE clinic.lockers (id int PRIMARY KEY);
ALTER TABLE clinic.lockers ENABLE ROW LEVEL SECURITY;
CREATE TABLE clinic.bells (id int PRIMARY KEY);
CREATE VIEW clinic.all_views AS SELECT viewname, definition FROM pg_views WHERE schemaname = 'clinic';
CREATE VIEW clinic.all_texts AS SELECT relname, pg_get_viewdef(oid) AS text FROM pg_class WHERE relkind = 'v' AND relnamespace = 'clinic'::regnamespace;
CREATE VIEW clinic.all_texts_again AS SELECT relname, text FROM clinic.all_texts;
-- Filters by time: the worlds differ in hidden rows that other settings would bring in.
CREATE TABLE clinic.shifts_past (id int PRIMARY KEY, at timestamptz);
CREATE TABLE clinic.shifts_new (id int PRIMARY KEY, at timestamptz);
CREATE TABLE clinic.shifts_text (id int PRIMARY KEY, day date);
INSERT INTO clinic.wards VALUES (1, 'north'), (2, 'south');
INSERT INTO clinic.gowns VALUES (1, 'small'), (2, 'large');
INSERT INTO clinic.guesses SELECT i, chr(i) FROM generate_series(97, 122) i;
GRANT ALL ON SCHEMA clinic, public TO mallory;
GRANT ALL ON ALL TABLES IN SCHEMA clinic TO mallory;
