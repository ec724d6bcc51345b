// Works with pgx in each of its ways to send statements, batches, COPY, cancel requests and LISTEN, and prints all that it sees.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgconn/stmtcache"
	"github.com/jackc/pgx/v4"
)

var ctx = context.Background()

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func code(err error) string {
	var failed *pgconn.PgError
	if errors.As(err, &failed) {
		return failed.Code
	}
	return fmt.Sprint(err)
}

func show(label string, rows pgx.Rows, err error) {
	check(err)
	defer rows.Close()
	names := []string{}
	for _, field := range rows.FieldDescriptions() {
		names = append(names, string(field.Name))
	}
	fmt.Println(label, names)
	for rows.Next() {
		values, err := rows.Values()
		check(err)
		fmt.Println("  ", values)
	}
	check(rows.Err())
}

func work(c *pgx.Conn, mode string) {
	rows, err := c.Query(ctx, "SELECT id, name, email, born::text FROM customer ORDER BY id")
	show("customers", rows, err)
	for i := 1; i < 4; i++ {
		rows, err = c.Query(ctx, "SELECT name, email FROM customer WHERE id = $1", i)
		show("by id", rows, err)
	}
	var tags interface{} = []string{"a", "b"}
	if mode == "simple" {
		tags = "{a,b}"
	}
	var id int
	check(c.QueryRow(ctx, "INSERT INTO thing (label, data, tags, extra, at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
		"one", []byte("bytes"), tags, `{"n": 1}`, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)).Scan(&id))
	fmt.Println("inserted", id)
	tx, err := c.Begin(ctx)
	check(err)
	inner, err := tx.Begin(ctx)
	check(err)
	_, err = inner.Exec(ctx, "UPDATE customer SET email = $1", "x")
	fmt.Println("refused", code(err))
	_, err = inner.Exec(ctx, "SELECT 1")
	fmt.Println("aborted", code(err))
	check(inner.Rollback(ctx))
	rows, err = tx.Query(ctx, "SELECT email FROM customer WHERE id = 2")
	show("after the savepoint", rows, err)
	check(tx.Commit(ctx))
	count, err := c.CopyFrom(ctx, pgx.Identifier{"thing"}, []string{"label", "price"}, pgx.CopyFromRows([][]interface{}{{"copied", nil}, {"copied too", nil}}))
	check(err)
	fmt.Println("copied", count)
	rows, err = c.Query(ctx, "SELECT label, data, tags, extra::text FROM thing ORDER BY id")
	show("things", rows, err)
}

func batch(c *pgx.Conn) {
	b := &pgx.Batch{}
	b.Queue("SELECT email FROM customer WHERE id = $1", 1)
	b.Queue("INSERT INTO thing (label) VALUES ($1)", "batch")
	b.Queue("SELECT count(email) FROM customer")
	results := c.SendBatch(ctx, b)
	rows, err := results.Query()
	show("batch", rows, err)
	tag, err := results.Exec()
	check(err)
	fmt.Println(tag)
	rows, err = results.Query()
	show("batch", rows, err)
	check(results.Close())
	b = &pgx.Batch{}
	b.Queue("SELECT 1")
	b.Queue("SELECT 10 / $1::int", 0)
	b.Queue("SELECT 2")
	results = c.SendBatch(ctx, b)
	for i := 0; i < 3; i++ {
		_, err = results.Exec()
		fmt.Println("batch with an error", i, code(err))
	}
	fmt.Println("closed", code(results.Close()))
}

func wire(c *pgx.Conn, mode string) {
	var out bytes.Buffer
	tag, err := c.PgConn().CopyTo(ctx, &out, "COPY (SELECT id, email FROM customer ORDER BY id) TO STDOUT")
	check(err)
	fmt.Println(tag, out.String())
	results, err := c.PgConn().Exec(ctx, "SELECT email FROM customer WHERE id = 1; SELECT 2; SELECT name FROM customer WHERE id = 2").ReadAll()
	check(err)
	for _, each := range results {
		fmt.Printf("several %s %s\n", each.CommandTag, each.Rows)
	}
	prepared, err := c.Prepare(ctx, "mine", "SELECT name, email FROM customer WHERE id > $1 ORDER BY id")
	check(err)
	fmt.Println("prepared", prepared.ParamOIDs, len(prepared.Fields))
	if mode == "prepare" {
		rows, err := c.Query(ctx, "mine", 1)
		show("mine", rows, err)
	}
	check(c.Deallocate(ctx, "mine"))
	_, err = c.Exec(ctx, "LISTEN news")
	check(err)
	_, err = c.Exec(ctx, "NOTIFY news, 'come'")
	check(err)
	news, err := c.WaitForNotification(ctx)
	check(err)
	fmt.Println("notified", news.Channel, news.Payload)
}

func cancel(config *pgx.ConnConfig) {
	c, err := pgx.ConnectConfig(ctx, config)
	check(err)
	done := make(chan error)
	go func() {
		_, err := c.Exec(ctx, "SELECT pg_sleep(60)")
		done <- err
	}()
	for waiting := true; waiting; {
		select {
		case err = <-done:
			waiting = false
		case <-time.After(50 * time.Millisecond):
			check(c.PgConn().CancelRequest(ctx))
		}
	}
	fmt.Println("canceled", code(err))
	check(c.Close(ctx))
}

func main() {
	if os.Args[1] == "version" {
		fmt.Println("pgx v4")
		return
	}
	for _, mode := range []string{"prepare", "describe", "none", "simple"} {
		config, err := pgx.ParseConfig("sslmode=disable")
		check(err)
		config.PreferSimpleProtocol = mode == "simple"
		switch mode {
		case "describe":
			config.BuildStatementCache = func(c *pgconn.PgConn) stmtcache.Cache { return stmtcache.New(c, stmtcache.ModeDescribe, 100) }
		case "none":
			config.BuildStatementCache = nil
		}
		fmt.Println("mode", mode)
		c, err := pgx.ConnectConfig(ctx, config)
		check(err)
		work(c, mode)
		if mode != "simple" {
			batch(c)
		}
		wire(c, mode)
		check(c.Close(ctx))
		if mode == "prepare" {
			cancel(config)
		}
	}
}
