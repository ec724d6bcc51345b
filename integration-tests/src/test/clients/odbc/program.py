"""Works with PostgreSQL's ODBC driver, with each way of its own to send statements, and prints all that it sees."""

import os
import sys

import pyodbc

DRIVER = "/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so"
WAYS = ("UseServerSidePrepare=1", "UseServerSidePrepare=0", "UseDeclareFetch=1;Fetch=1")


def attempt(label, cursor, statement):
    try:
        print(label, cursor.execute(statement).rowcount)
    except pyodbc.Error as error:
        print(label, type(error).__name__, error.args[0])


def work(connection):
    cursor = connection.cursor()
    for row in cursor.execute("SELECT id, name, email, born FROM customer ORDER BY id").fetchall():
        print("customer", tuple(row))
    print("described", [column[:2] for column in cursor.description])
    for i in range(3):
        print("prepared", cursor.execute("SELECT name, email FROM customer WHERE id = ?", i).fetchall())
    cursor.executemany("INSERT INTO thing (label, price) VALUES (?, ?)", [("one", 1), ("two", None)])
    print("things", cursor.execute("SELECT label, price FROM thing ORDER BY id").fetchall())
    print("columns", [tuple(row[2:8]) for row in cursor.columns(table="customer")])
    print("tables", [tuple(row[1:4]) for row in cursor.tables(schema="public")])
    print("keys", [tuple(row[2:6]) for row in cursor.primaryKeys("customer")])
    attempt("refused", cursor, "UPDATE customer SET email = 'x'")
    attempt("wrong", cursor, "SELECT 1/0")
    print("after", cursor.execute("SELECT count(*) FROM customer").fetchall())
    connection.rollback()


if __name__ == "__main__":
    if sys.argv[1] == "version":
        if not os.path.exists(DRIVER):
            sys.exit("no driver")
        print(pyodbc.version)
    else:
        for way in WAYS:
            print(way)
            work(pyodbc.connect(f"Driver={DRIVER};Servername={os.environ['PGHOST']};Port={os.environ['PGPORT']};UID={os.environ['PGUSER']};"
                                f"PWD={os.environ['PGPASSWORD']};Database={os.environ['PGDATABASE']};{way}"))
