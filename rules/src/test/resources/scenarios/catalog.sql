DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN CREATE ROLE analyst LOGIN PASSWORD 'analyst'; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'helpdesk') THEN CREATE ROLE helpdesk LOGIN PASSWORD 'helpdesk'; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clerk') THEN CREATE ROLE clerk LOGIN PASSWORD 'clerk'; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'auditor') THEN CREATE ROLE auditor LOGIN PASSWORD 'auditor'; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'banned') THEN CREATE ROLE banned LOGIN PASSWORD 'banned'; END IF;
END $$;
CREATE SCHEMA archive;
CREATE SCHEMA hr;
CREATE TABLE regions (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE customers (
  id int PRIMARY KEY,
  name varchar(40) NOT NULL,
  email varchar(80),
  phone char(12),
  born date,
  credit numeric(10,2),
  region_id int REFERENCES regions,
  note text
);
CREATE UNIQUE INDEX customers_email ON customers (email);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, total numeric(10,2), placed timestamptz);
CREATE TABLE newsletters (email varchar(80) REFERENCES customers (email), topic text);
CREATE TABLE archive.customers (id int PRIMARY KEY, closed date);
CREATE TABLE hr.employees (id int PRIMARY KEY, "Full Name" text, salary int, boss int);
CREATE TABLE hr.interns (pay int GENERATED ALWAYS AS (salary * 2) STORED) INHERITS (hr.employees);
CREATE INDEX interns_pay ON hr.interns (pay);
CREATE TABLE events (id int, who text, at date) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE customers_before (id int, old customers, older customers[]);
CREATE VIEW customer_contacts AS SELECT id, email, upper(email) AS shout, region_id FROM customers;
CREATE VIEW region_names AS SELECT name FROM regions;
CREATE VIEW everybody AS SELECT email FROM customers UNION SELECT "Full Name" FROM hr.employees;
CREATE FUNCTION peek(int) RETURNS text LANGUAGE sql AS 'SELECT email FROM customers WHERE id = $1';
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
INSERT INTO regions VALUES (1, 'north'), (2, 'south');
INSERT INTO customers VALUES
  (1, 'Ada Lovelace', 'ada@example.org', '0123456789', '1815-12-10', 1234.56, 1, 'canary-one'),
  (2, 'Alan Turing', 'alan@example.com', '0987654321', '1912-06-23', 99.99, 2, NULL),
  (3, 'Bo', NULL, NULL, NULL, NULL, NULL, 'canary-three');
INSERT INTO orders VALUES (10, 1, 5.00, '2026-01-01 10:00Z'), (11, 1, 7.50, '2026-01-02 11:30Z'), (12, 2, 1.25, NULL);
INSERT INTO customers_before SELECT id, c, ARRAY[c] FROM customers c;
INSERT INTO archive.customers VALUES (1, '2020-01-01');
INSERT INTO hr.employees VALUES (1, 'Grace Hopper', 81234, NULL), (2, 'Jean Bartik', 65999, 1);
INSERT INTO events VALUES (1, 'secret-visitor', '2025-05-05');
GRANT USAGE ON SCHEMA archive, hr TO analyst, helpdesk, clerk, auditor;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, archive, hr TO analyst, helpdesk, clerk, auditor;
