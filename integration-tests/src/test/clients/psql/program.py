"""Asks psql for all that it tells of a schema, in text and in other formats, copies in both directions, and prints what it answers."""

import os
import subprocess
import sys
import tempfile

TELL = [
    r"\d", r"\d customer", r"\d+ customer", r"\d thing", r"\d+ thing", r"\dt", r"\dt+", r"\dtvms cust*", r"\di", r"\di+", r"\ds", r"\dv", r"\dm", r"\dn",
    r"\df", r"\df+ nosuch", r"\dT", r"\dD", r"\dC int4", r"\do @@", r"\da count", r"\db", r"\dc nosuch", r"\dd", r"\ddp", r"\dE", r"\des", r"\dew", r"\det",
    r"\dF", r"\dFd", r"\dFp", r"\dFt", r"\dg nosuch", r"\dl", r"\dL", r"\dO nosuch", r"\dp customer", r"\dp thing", r"\drds", r"\dRp", r"\dRs", r"\dx",
    r"\dX", r"\dy", r"\dA", r"\dAc btree int4", r"\dP", r"\z thing", r"\sf pg_catalog.lower(text)", r"\encoding",
]
SCRIPT = r"""\set VERBOSITY sqlstate
SELECT * FROM customer ORDER BY id;
SELECT id, email FROM customer ORDER BY id \gx
SELECT email AS address FROM customer WHERE id = 1 \gset
\echo :address
SELECT id, email FROM customer ORDER BY id \crosstabview id email id
SELECT format('SELECT %s AS n', i) FROM generate_series(1, 2) i \gexec
SELECT id, email, born FROM customer \gdesc
\set FETCH_COUNT 1
SELECT id, email FROM customer ORDER BY id;
\unset FETCH_COUNT
\set ON_ERROR_ROLLBACK on
BEGIN;
INSERT INTO thing (label) VALUES ('kept');
UPDATE customer SET email = 'x';
SELECT label FROM thing;
COMMIT;
\set AUTOCOMMIT off
SELECT count(email) FROM customer;
ROLLBACK;
\set AUTOCOMMIT on
SELECT 1; SELECT email FROM customer WHERE id = 2\; SELECT 2;
\copy (SELECT id, email FROM customer ORDER BY id) TO 'out.csv' CSV HEADER
\! cat out.csv
\copy thing (label, price) FROM 'in.csv' CSV HEADER
SELECT label, price FROM thing ORDER BY id;
\copy customer TO STDOUT
COPY customer (email) TO STDOUT;
\copy thing (label) FROM STDIN
typed
\.
SELECT count(*) FROM thing;
TABLE customer \g (format=csv) out.csv
\! cat out.csv
"""


def psql(script, folder, *options):
    done = subprocess.run(
        ["psql", "-X", "-q", *options], input=script, cwd=folder, capture_output=True, text=True, env={**os.environ, "PSQL_PAGER": "cat"}, check=False)
    print(done.returncode, done.stdout)
    print(done.stderr)


if __name__ == "__main__":
    if sys.argv[1] == "version":
        print(subprocess.run(["psql", "--version"], check=True, capture_output=True, text=True).stdout.split()[2])
    else:
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "in.csv"), "w", encoding="utf-8") as file:
                file.write("label,price\nfrom a file,2.50\n")
            psql("\n".join(f"\\echo '\\{command}'\n{command}" for command in TELL), folder)
            psql(SCRIPT, folder, "-A")
            psql("TABLE customer; SELECT id, email FROM customer WHERE id = 1", folder, "-P", "format=html", "--single-transaction")
