"""Works with psycopg 2, and through it with libpq's calls that do not block, and prints all that it sees."""

import io
import select
import sys

import psycopg2
import psycopg2.extensions
import psycopg2.extras


def attempt(label, action):
    try:
        print(label, action())
    except psycopg2.Error as error:
        print(label, type(error).__name__, error.pgcode)


def rows(label, cursor):
    print(label, [column.name for column in cursor.description])
    for row in cursor:
        print("  ", row)


def run(connection, *statement):
    cursor = connection.cursor()
    cursor.execute(*statement)
    return cursor


def work(connection):
    rows("customers", run(connection, "SELECT * FROM customer ORDER BY id"))
    for i in range(4):
        rows("by id", run(connection, "SELECT name, email FROM customer WHERE id = %s", [i]))
    cursor = connection.cursor()
    things = [("one", 1, ["a"], psycopg2.extras.Json({"k": [1]})), (None, None, None, None)]
    psycopg2.extras.execute_values(cursor, "INSERT INTO thing (label, price, tags, extra) VALUES %s RETURNING id", things)
    print("inserted", cursor.fetchall())
    psycopg2.extras.execute_batch(cursor, "INSERT INTO thing (label) VALUES (%s)", [("x",), ("y",)])
    rows("things", run(connection, "SELECT label, price, tags, extra FROM thing ORDER BY id"))
    connection.commit()
    with connection.cursor("named", scrollable=True) as named:
        named.itersize = 1
        named.execute("SELECT id, email FROM customer ORDER BY id")
        print("named", named.fetchone())
        named.scroll(1)
        print("scrolled", named.fetchall())
    run(connection, "SAVEPOINT s")
    attempt("refused", lambda: run(connection, "UPDATE customer SET email = 'x'").rowcount)
    attempt("aborted", lambda: run(connection, "SELECT 1").fetchall())
    run(connection, "ROLLBACK TO s")
    rows("after", run(connection, "SELECT count(email) FROM customer"))
    out = io.StringIO()
    connection.cursor().copy_expert("COPY (SELECT id, email FROM customer ORDER BY id) TO STDOUT (FORMAT csv)", out)
    print("copy", out.getvalue())
    connection.cursor().copy_expert("COPY thing (label, price) FROM STDIN", io.StringIO("copied\t2\ncopied\t3\n"))
    rows("copied", run(connection, "SELECT count(*), sum(price) FROM thing WHERE label = 'copied'"))
    connection.rollback()


def wait(connection):
    while True:
        state = connection.poll()
        if state == psycopg2.extensions.POLL_OK:
            return
        reads, writes = ([connection], []) if state == psycopg2.extensions.POLL_READ else ([], [connection])
        select.select(reads, writes, [], 30)


def asynchronously():
    connection = psycopg2.connect("", async_=True)
    wait(connection)

    def step(*statement):
        cursor = connection.cursor()
        cursor.execute(*statement)
        wait(connection)
        return cursor

    rows("async", step("SELECT id, email FROM customer ORDER BY id"))
    rows("async", step("SELECT name FROM customer WHERE email = %s", ["nobody@example.org"]))
    attempt("async refused", lambda: step("DELETE FROM customer").rowcount)
    rows("many rows", step("SELECT count(*), min(email) FROM (SELECT email FROM customer, generate_series(1, 10000)) x"))
    print("streamed", len(step("SELECT a.email FROM customer a, generate_series(1, 20000)").fetchall()))
    step("LISTEN news")
    step("NOTIFY news, 'come'")
    while not connection.notifies:
        wait(connection)
    print("notified", connection.notifies.pop().payload)
    cursor = connection.cursor()
    cursor.execute("SELECT pg_sleep(60)")
    while not select.select([connection], [], [], 0.05)[0]:
        connection.cancel()
    attempt("canceled", lambda: wait(connection))
    rows("after", step("SELECT email FROM customer WHERE id = 1"))
    connection.close()


if __name__ == "__main__":
    if sys.argv[1] == "version":
        print(psycopg2.__version__.split()[0])
    else:
        with psycopg2.connect("") as connection:
            work(connection)
        asynchronously()
