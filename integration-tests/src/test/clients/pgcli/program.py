"""A shop in pgcli: `program.py schema` makes and fills it, `program.py work` refreshes the completion, describes what there is, and
asks what one types by hand. It prints what it saw."""
import json
import logging
import os
import sys
import threading

import pgcli
from pgcli.completion_refresher import CompletionRefresher
from pgcli.pgexecute import PGExecute
from pgspecial import PGSpecial
from prompt_toolkit.document import Document

SCHEMA = """
CREATE TYPE product_kind AS ENUM ('book', 'tool');
CREATE DOMAIN city AS varchar(40);
CREATE TABLE customer (id serial PRIMARY KEY, name varchar(60) NOT NULL, email varchar(120) UNIQUE, city city, born date);
CREATE TABLE product (id serial PRIMARY KEY, sku text UNIQUE, price numeric(10,2) CHECK (price >= 0), kind product_kind);
CREATE TABLE orders (id serial PRIMARY KEY, customer_id int REFERENCES customer, placed timestamptz, paid boolean DEFAULT false);
CREATE VIEW paid_orders AS SELECT id, placed FROM orders WHERE paid;
CREATE VIEW customer_contact AS SELECT id, email FROM customer;
CREATE MATERIALIZED VIEW cities AS SELECT DISTINCT city FROM customer;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n';
INSERT INTO customer (name, email, city, born) VALUES ('Ada', 'ada@example.org', 'London', '1815-12-10'),
  ('Alan', 'alan@example.org', 'London', '1912-06-23'), ('Grace Hopper', NULL, 'New York', '1906-12-09');
INSERT INTO product (sku, price, kind) VALUES ('B-1', 12.50, 'book'), ('T-1', 99.00, 'tool');
INSERT INTO orders (customer_id, placed, paid) VALUES (1, '2026-01-05 09:30Z', true), (2, '2026-02-06 10:00Z', false)
"""
DESCRIBE = [r"\dt", r"\dt cust*", r"\dt public.*", r"\dv", r"\dm", r"\ds", r"\di", r"\di public.*", r"\dn", r"\dT", r"\dT product_kind",
            r"\dD", r"\df", r"\df twice", r"\dx", r"\d", r"\d customer", r"\d orders", r"\d public.customer", r"\d paid_orders",
            r"\d customer_contact", r"\d cities", r"\ddp", r"\dF", r"\dE",
            r"\dn pub*", r"describe orders"]
SERVER = [r"\l", r"\l+", r"\du", r"\db", r"\dt+", r"\di+", r"\df+", r"\df+ twice", r"\d+ customer", r"\d+ orders", r"\d+ customer_contact", r"\dT+",
          r"\dn+", r"\dx+", r"\ds+", r"\dv+", r"\dm+", r"\dD+", r"\du+", r"\dF+ english", r"\sf twice"]
TYPED = [
    "select * from customer order by id", "SELECT name, email FROM customer WHERE city = 'London' ORDER BY name;",
    "select c.email, o.id from customer c join orders o on o.customer_id = c.id order by o.id",
    "select city, count(*), min(email) from customer group by city order by city",
    "select * from customer_contact order by id limit 2", "select * from paid_orders", "table cities order by 1",
    "with x as (select id, email from customer) select * from x where id < 3 order by id",
    "select email, rank() over (order by born) from customer order by id", "explain (costs off) select sku from product where id = 1",
    "show search_path", "set work_mem = '8MB'", "show work_mem", "reset work_mem", "begin", "insert into product (sku, price) values ('X', 1)",
    "update product set price = 2 where sku = 'X' returning sku, price", "savepoint a", "delete from product where sku = 'X'",
    "rollback to a", "rollback", "select current_user = session_user, current_schema", "select '{\"a\": [1, 2]}'::jsonb -> 'a' ->> 1",
    "select array_agg(n) from generate_series(1, 3) n", "values (1, 'a'), (2, 'b')", "select twice(21)",
    "create temp table mine as select id, email from customer", "select * from mine order by id", "drop table mine",
]


def show(label, value):
    print(label + ": " + json.dumps(value, default=str))


def run(executor, special, text):
    """Results of one input, as the prompt shows them."""
    results = []
    for _, rows, headers, status, _, success, _ in executor.run(text, special, exception_formatter=lambda e: "failed: " + type(e).__name__):
        results.append([headers, [list(r) for r in rows] if rows is not None and not isinstance(rows, str) else rows, status, success])
    return results


def completion(executor, special):
    done = threading.Event()
    found = []

    def finished(completer):
        found.append(completer)
        done.set()

    CompletionRefresher().refresh(executor, special, finished, settings={"generate_aliases": True})
    show("refreshed", done.wait(60))
    for text in ("SELECT  FROM customer", "SELECT * FROM ", "SELECT * FROM orders o JOIN "):
        at = 7 if text.startswith("SELECT  ") else len(text)
        names = sorted({c.text for c in found[0].get_completions(Document(text, at), None)})
        show("offered in " + text.strip(), [n for n in names if any(t in n for t in ("customer", "email", "orders", "paid"))])


def main():
    if sys.argv[1] == "version":
        print(pgcli.__version__)
        return
    logging.disable(logging.CRITICAL)
    env = os.environ
    executor = PGExecute(env["PGDATABASE"], env["PGUSER"], env["PGPASSWORD"], env["PGHOST"], env["PGPORT"])
    special = PGSpecial()
    if sys.argv[1] == "schema":
        for statement in SCHEMA.split(";"):
            run(executor, special, statement)
        return
    completion(executor, special)
    for command in DESCRIBE:
        show(command, run(executor, special, command))
    for command in SERVER:
        show(command, [result[3] for result in run(executor, special, command)])
    for text in TYPED:
        show(text, run(executor, special, text))
    show("view", executor.view_definition("paid_orders"))
    show("function", executor.function_definition("twice"))
    show("databases", len(executor.databases()) > 0)


main()
