"""Runs a script in each of pgbench's modes, pipelines among them, and prints what pgbench counts."""

import os
import re
import subprocess
import sys
import tempfile

SCRIPT = r"""\set id random(1, 3)
SELECT id, name, email FROM customer WHERE id = :id;
BEGIN;
INSERT INTO thing (label) VALUES ('pgbench') RETURNING id AS thing \gset
UPDATE thing SET price = :id WHERE id = :thing;
END;
SELECT length(email) AS size FROM customer WHERE id = 1 \gset
INSERT INTO thing (price) VALUES (:size);
"""
PIPELINE = r"""\startpipeline
SELECT id, name, email FROM customer;
INSERT INTO thing (label) VALUES ('pipeline');
SELECT count(*) FROM thing;
\endpipeline
"""


def pgbench(script, mode, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(["pgbench", "-n", "-c", "2", "-t", "5", "-M", mode, *options, "-f", file.name], capture_output=True, text=True)
    counts = re.findall(r"number of (?:transactions actually processed|failed transactions): .*", done.stdout)
    print(mode, options, done.returncode, counts, [line for line in done.stderr.splitlines() if "error" in line])


if __name__ == "__main__":
    if sys.argv[1] == "version":
        print(subprocess.run(["pgbench", "--version"], check=True, capture_output=True, text=True).stdout.split()[2])
    else:
        for mode in ("simple", "extended", "prepared"):
            pgbench(SCRIPT, mode)
        pgbench(SCRIPT, "simple", "-C")
        for mode in ("extended", "prepared"):
            pgbench(PIPELINE, mode)
        labels = "SELECT label, count(*) FROM thing GROUP BY label ORDER BY label; SELECT email FROM customer ORDER BY id"
        print(subprocess.run(["psql", "-AtXc", labels], check=True, capture_output=True, text=True, env=os.environ).stdout)
