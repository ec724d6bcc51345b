-- More rows for the scenarios' catalog, so that masked values differ and repeat, and a table of types that cannot be compared.
CREATE TABLE profiles (id int PRIMARY KEY, nick text, data json, tags json[], place circle);
INSERT INTO profiles VALUES (1, 'ada', '{"a": 1}', ARRAY['2'::json], '<(1,2),3>'), (2, NULL, NULL, NULL, NULL);
INSERT INTO regions VALUES (3, 'east'), (4, 'west');
INSERT INTO customers VALUES
  (4, 'Grace Hopper', 'grace@example.org', '0222222222', '1906-12-09', 2500.00, 1, 'canary-four'),
  (5, 'A', 'a@example.org', NULL, '1912-02-29', 150.00, 2, NULL),
  (6, 'Barbara Liskov', NULL, '0333333333', '1939-11-07', 180.10, 3, 'canary-six'),
  (7, 'Annie Easley', 'annie@example.org', '0444444444', NULL, 0.00, NULL, 'canary-seven');
INSERT INTO orders VALUES (13, 4, 20.00, '2026-02-01 00:00Z'), (14, 5, NULL, '2026-02-02 00:00Z'), (15, 7, 1.00, NULL);
INSERT INTO newsletters VALUES ('ada@example.org', 'engines'), (NULL, 'none');
INSERT INTO archive.customers VALUES (2, NULL), (9, '2021-01-01');
INSERT INTO hr.employees VALUES (3, 'Kathleen Booth', 70000, 1), (4, 'Ida Rhodes', 12345, 2), (5, NULL, NULL, 3);
INSERT INTO events VALUES (2, 'al', '2025-06-06'), (3, NULL, '2025-07-07');
