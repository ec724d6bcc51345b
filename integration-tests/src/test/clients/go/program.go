// Works with lib/pq, by database/sql and its own COPY and LISTEN, and prints all that it sees.
package main

import (
	"database/sql"
	"fmt"
	"os"
	"time"

	"github.com/lib/pq"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func code(err error) string {
	if failed, ok := err.(*pq.Error); ok {
		return string(failed.Code)
	}
	return fmt.Sprint(err)
}

func show(label string, rows *sql.Rows, err error) {
	check(err)
	defer rows.Close()
	columns, err := rows.Columns()
	check(err)
	fmt.Println(label, columns)
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		pointers := make([]interface{}, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		check(rows.Scan(pointers...))
		fmt.Println("  ", values)
	}
	check(rows.Err())
}

func work(db *sql.DB) {
	rows, err := db.Query("SELECT * FROM customer ORDER BY id")
	show("customers", rows, err)
	statement, err := db.Prepare("SELECT name, email FROM customer WHERE id = $1")
	check(err)
	for i := 0; i < 3; i++ {
		rows, err = statement.Query(i)
		show("prepared", rows, err)
	}
	check(statement.Close())
	var id int
	check(db.QueryRow("INSERT INTO thing (label, data, tags) VALUES ($1, $2, $3) RETURNING id", "one", []byte("bytes"), pq.Array([]string{"a"})).Scan(&id))
	fmt.Println("inserted", id)
	transaction, err := db.Begin()
	check(err)
	_, err = transaction.Exec("UPDATE customer SET email = $1", "x")
	fmt.Println("refused", code(err))
	_, err = transaction.Exec("SELECT 1")
	fmt.Println("aborted", code(err))
	check(transaction.Rollback())
	transaction, err = db.Begin()
	check(err)
	copying, err := transaction.Prepare(pq.CopyIn("thing", "label"))
	check(err)
	_, err = copying.Exec("copied")
	check(err)
	_, err = copying.Exec()
	check(err)
	check(copying.Close())
	check(transaction.Commit())
	rows, err = db.Query("SELECT label, price, data, tags FROM thing ORDER BY id")
	show("things", rows, err)
}

func listen(db *sql.DB) {
	listener := pq.NewListener("sslmode=disable", time.Second, time.Second, nil)
	check(listener.Listen("news"))
	_, err := db.Exec("NOTIFY news, 'come'")
	check(err)
	fmt.Println("notified", (<-listener.Notify).Extra)
	check(listener.Close())
}

func main() {
	if os.Args[1] == "version" {
		fmt.Println("lib/pq")
		return
	}
	for _, options := range []string{"sslmode=disable", "sslmode=disable binary_parameters=yes"} {
		db, err := sql.Open("postgres", options)
		check(err)
		work(db)
		listen(db)
		check(db.Close())
	}
}
