-- What a masked session must see, as views written by hand in the place of the tables.
CREATE SCHEMA raw;
DROP VIEW customer_contacts, everybody;
ALTER TABLE customers SET SCHEMA raw;
ALTER TABLE profiles SET SCHEMA raw;
ALTER TABLE hr.employees SET SCHEMA raw;
ALTER TABLE events SET SCHEMA raw;
ALTER TABLE events_2025 SET SCHEMA raw;
CREATE VIEW customers AS
SELECT id,
  CASE WHEN length(name) >= 2 THEN substr(name, 1, 1) || '****' ELSE '****' END::varchar(40) AS name,
  NULL::varchar(80) AS email,
  CASE WHEN phone IS NULL THEN NULL ELSE 'x' END::char(12) AS phone,
  (extract(year FROM born) || '-01-01')::date AS born,
  (floor(credit / 100) * 100)::numeric(10, 2) AS credit,
  region_id,
  CASE WHEN note IS NOT NULL THEN 'x' END::text AS note
FROM raw.customers;
CREATE VIEW customer_contacts AS SELECT id, NULL::varchar(80) AS email, NULL::text AS shout, region_id FROM raw.customers;
CREATE VIEW hr.employees AS
SELECT id, CASE WHEN "Full Name" IS NOT NULL THEN 'REDACTED' END::text AS "Full Name", salary / 10000 * 10000 AS salary, boss
FROM raw.employees;
CREATE VIEW events AS
SELECT id, CASE WHEN length(who) > 2 THEN '****' || substr(who, length(who) - 1) WHEN who IS NOT NULL THEN '****' END AS who, at
FROM raw.events;
CREATE VIEW events_2025 AS SELECT * FROM events WHERE at >= '2025-01-01' AND at < '2026-01-01';
CREATE VIEW profiles AS SELECT id, CASE WHEN nick IS NOT NULL THEN 'x' END AS nick, data, tags, place FROM raw.profiles;
