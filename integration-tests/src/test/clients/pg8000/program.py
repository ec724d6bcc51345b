"""Works with pg8000, a client written in Python alone, and prints all that it sees."""

import io
import os
import sys

import pg8000


def attempt(label, cursor, statement):
    try:
        cursor.execute(statement)
        print(label, cursor.rowcount)
    except pg8000.DatabaseError as error:
        print(label, type(error).__name__, error.args[2])


def work(connection):
    cursor = connection.cursor()
    cursor.execute("SELECT id, name, email, born, tags FROM customer ORDER BY id")
    print("described", [column[0] for column in cursor.description])
    for row in cursor.fetchall():
        print("customer", row)
    for i in range(3):
        cursor.execute("SELECT name, email FROM customer WHERE id = %s", (i,))
        print("prepared", cursor.fetchall())
    cursor.execute("INSERT INTO thing (label, data, tags) VALUES (%s, %s, %s) RETURNING id", ("one", b"\0\xff", ["a"]))
    print("inserted", cursor.fetchall())
    connection.commit()
    attempt("refused", cursor, "UPDATE customer SET email = 'x'")
    attempt("aborted", cursor, "SELECT 1")
    connection.rollback()
    out = io.BytesIO()
    cursor.execute("COPY (SELECT id, email FROM customer ORDER BY id) TO STDOUT", stream=out)
    print("copy", out.getvalue().decode())
    cursor.execute("COPY thing (label) FROM STDIN", stream=io.BytesIO(b"copied\n"))
    cursor.execute("SELECT count(*) FROM thing WHERE label = 'copied'")
    print("copied", cursor.fetchall())
    connection.rollback()


if __name__ == "__main__":
    if sys.argv[1] == "version":
        print(pg8000.__version__)
    else:
        work(pg8000.connect(host=os.environ["PGHOST"], port=int(os.environ["PGPORT"]), user=os.environ["PGUSER"],
                            password=os.environ["PGPASSWORD"], database=os.environ["PGDATABASE"]))
