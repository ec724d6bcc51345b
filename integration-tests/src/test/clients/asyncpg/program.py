"""Works with asyncpg, which speaks the extended protocol in binary alone, and prints all that it sees."""

import asyncio
import io
import os
import sys

import asyncpg


async def attempt(label, action):
    try:
        print(label, await action)
    except asyncpg.PostgresError as error:
        print(label, type(error).__name__, error.sqlstate)


async def work(connection):
    for row in await connection.fetch("SELECT * FROM customer ORDER BY id"):
        print("customer", dict(row))
    statement = await connection.prepare("SELECT name, email FROM customer WHERE id = $1")
    print("described", [(a.name, a.type.name) for a in statement.get_attributes()])
    for i in range(3):
        print("prepared", await statement.fetch(i))
    print("whole row", await connection.fetchval("SELECT c FROM (SELECT id, email FROM customer WHERE id = 1) c"))
    print("inserted", await connection.fetchval(
        "INSERT INTO thing (label, price, at, data, tags) VALUES ($1, $2::int, $3::text::timestamptz, $4, $5) RETURNING id",
        "one", 1, "2026-01-02 03:04:05+00", b"\0\xff", ["a", None]))
    await connection.executemany("INSERT INTO thing (label) VALUES ($1)", [("two",), ("three",)])
    for row in await connection.fetch("SELECT label, price, at, data, tags FROM thing ORDER BY id"):
        print("thing", tuple(row))
    async with connection.transaction():
        async for row in connection.cursor("SELECT id, email FROM customer ORDER BY id", prefetch=1):
            print("cursor", tuple(row))
    async with connection.transaction():
        await attempt("refused", nested(connection, "UPDATE customer SET email = 'x'"))
        await attempt("wrong", nested(connection, "SELECT 1/0"))
        print("after", await connection.fetchval("SELECT count(*) FROM customer"))
    await attempt("refused in a script", connection.execute("SELECT 1; UPDATE customer SET email = 'x'"))
    out = io.BytesIO()
    await connection.copy_from_query("SELECT id, email FROM customer ORDER BY id", output=out, format="csv")
    print("copy", out.getvalue().decode())
    await connection.copy_records_to_table("thing", records=[("copied",)], columns=["label"])
    print("copied", await connection.fetchval("SELECT count(*) FROM thing WHERE label = 'copied'"))
    await attempt("timed out", connection.execute("SET statement_timeout = 10; SELECT pg_sleep(5)"))
    await connection.execute("RESET statement_timeout")
    try:
        await connection.execute("SELECT pg_sleep(60)", timeout=0.1)
    except asyncio.TimeoutError:
        print("canceled", await connection.fetchval("SELECT 1"))
    heard = asyncio.get_running_loop().create_future()
    await connection.add_listener("news", lambda *news: heard.done() or heard.set_result(news[2:]))
    await connection.execute("NOTIFY news, 'come'")
    print("notified", await heard)
    await connection.reset()


async def nested(connection, statement):
    async with connection.transaction():
        return await connection.execute(statement)


async def main():
    connection = await asyncpg.connect(host=os.environ["PGHOST"], server_settings={"timezone": "UTC"})
    await work(connection)
    await connection.close()


if __name__ == "__main__":
    if sys.argv[1] == "version":
        print(asyncpg.__version__)
    else:
        asyncio.run(main())
