-- The self-test's tables. Everything in them is made up, and goes away with the schema.
CREATE TABLE people (
    id integer PRIMARY KEY,
    name text NOT NULL,
    email varchar(80) NOT NULL,
    code char(16) NOT NULL UNIQUE,
    secret text NOT NULL UNIQUE,
    born date NOT NULL,
    balance bigint NOT NULL,
    note jsonb NOT NULL,
    tags text[] NOT NULL,
    city text NOT NULL
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    person integer NOT NULL REFERENCES people,
    total numeric(9,2) NOT NULL
);
CREATE TABLE visits (
    id integer NOT NULL,
    person integer NOT NULL,
    secret text NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE visits_low PARTITION OF visits FOR VALUES FROM (0) TO (13);
CREATE TABLE visits_high PARTITION OF visits FOR VALUES FROM (13) TO (1000);
CREATE TABLE keepsakes (secret text);
CREATE TABLE keepsakes_of_kin () INHERITS (keepsakes);
CREATE VIEW directory AS SELECT id, name, email FROM people;
CREATE VIEW telling AS SELECT id, upper(secret) AS loud, balance + 1 AS more FROM people;
CREATE VIEW nested AS SELECT d.id, d.email AS mail, p.code FROM directory d JOIN people p USING (id);
CREATE MATERIALIZED VIEW frozen AS SELECT id, secret, born FROM people;
CREATE FUNCTION tell(integer) RETURNS text LANGUAGE sql SECURITY DEFINER
    AS $$ SELECT secret FROM {s}.people WHERE id = $1 $$;
