"""Works with psycopg 3, in text and in binary, and prints all that it sees."""

import sys

import psycopg
from psycopg.types.json import Jsonb


def attempt(label, action):
    try:
        print(label, action())
    except psycopg.Error as error:
        print(label, type(error).__name__, error.diag.sqlstate or error.sqlstate)


def rows(label, cursor):
    print(label, [column.name for column in cursor.description])
    for row in cursor:
        print("  ", row)


def work(connection):
    rows("customers", connection.execute("SELECT * FROM customer ORDER BY id"))
    rows("binary", connection.execute("SELECT id, email, born, tags FROM customer ORDER BY id", binary=True))
    for i in range(4):
        rows("prepared", connection.execute("SELECT name, email FROM customer WHERE id = %s", [i], prepare=True))
    cursor = connection.cursor()
    cursor.executemany(
        "INSERT INTO thing (label, price, at, data, tags, extra) VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
        [("one", 1, "2026-01-02 03:04:05+00", b"\0\xff", ["a", None], Jsonb({"k": [1]})), (None,) * 6], returning=True)
    print("inserted", cursor.fetchall())
    rows("things", connection.execute("SELECT * FROM thing ORDER BY id", binary=True))
    connection.commit()

    with connection.cursor("named") as named:
        named.itersize = 1
        rows("named cursor", named.execute("SELECT id, email FROM customer ORDER BY id"))
    connection.commit()

    with connection.transaction():
        attempt("refused", lambda: nested(connection, "UPDATE customer SET email = 'x'"))
        attempt("wrong", lambda: nested(connection, "SELECT 1/0"))
        rows("after", connection.execute("SELECT count(*) FROM customer"))
    attempt("refused without a savepoint", lambda: connection.execute("DELETE FROM customer"))
    attempt("aborted", lambda: connection.execute("SELECT 1"))
    connection.rollback()

    with connection.cursor().copy("COPY (SELECT id, email FROM customer ORDER BY id) TO STDOUT") as copy:
        print("copy", *(bytes(data).decode() for data in copy))
    with connection.cursor().copy("COPY thing (label, price) FROM STDIN") as copy:
        copy.write_row(("copied", 2))
    print("copied", connection.execute("SELECT price FROM thing WHERE label = 'copied'").fetchall())
    connection.rollback()


def nested(connection, statement):
    with connection.transaction():
        return connection.execute(statement).rowcount


def pipeline(connection):
    """libpq's pipeline mode, with an error in the middle."""
    connection.autocommit = True
    with connection.pipeline() as pipe:
        first = connection.execute("SELECT email FROM customer WHERE id = %s", [1])
        second = connection.execute("SELECT name, email FROM customer WHERE id = 2")
        pipe.sync()
        print("pipeline", first.fetchall(), second.fetchall())
    for statement in ("UPDATE customer SET email = 'x'", "SELECT 1/0"):
        try:
            with connection.pipeline():
                connection.execute("INSERT INTO thing (label) VALUES ('undone')")
                connection.execute(statement)
                connection.execute("SELECT 'skipped'")
        except psycopg.Error as error:
            print("pipeline", type(error).__name__, error.sqlstate)
    print("undone", connection.execute("SELECT count(*) FROM thing WHERE label = 'undone'").fetchall())
    connection.add_notify_handler(lambda notify: print("notified", notify.channel, notify.payload))
    connection.execute("LISTEN news")
    connection.execute("NOTIFY news, 'come'")


if __name__ == "__main__":
    if sys.argv[1] == "version":
        print(psycopg.__version__)
    else:
        with psycopg.connect() as session:
            session.execute("SET timezone = 'UTC'")
            work(session)
            pipeline(session)
