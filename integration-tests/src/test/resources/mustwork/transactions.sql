-- Transactions, savepoints and locks
BEGIN
INSERT INTO regions VALUES (60, 'lost')
SAVEPOINT first
UPDATE regions SET name = 'found' WHERE id = 60
ROLLBACK TO SAVEPOINT first
SELECT name FROM regions WHERE id = 60
RELEASE SAVEPOINT first
ROLLBACK
SELECT count(*) FROM regions WHERE id = 60

START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE
SHOW transaction_isolation
SHOW transaction_read_only
INSERT INTO regions VALUES (61, 'no') -- ERROR 25006
SELECT 1 -- ERROR 25P02
END

BEGIN ISOLATION LEVEL SERIALIZABLE
SET TRANSACTION READ WRITE
INSERT INTO regions VALUES (62, 'kept')
COMMIT AND CHAIN
SHOW transaction_isolation
COMMIT
SELECT name FROM regions WHERE id = 62

COMMIT
ROLLBACK
BEGIN
BEGIN
ABORT
SET LOCAL work_mem = '5MB'
RELEASE SAVEPOINT nothing -- ERROR 25P01

BEGIN
SET LOCAL statement_timeout = '10s'
SHOW statement_timeout
LOCK TABLE regions IN ROW EXCLUSIVE MODE
SET CONSTRAINTS ALL DEFERRED
SELECT 1/0 -- ERROR 22012
COMMIT
SHOW statement_timeout

SELECT pg_try_advisory_lock(4711), pg_try_advisory_lock_shared(1, 2)
SELECT pg_advisory_unlock(4711), pg_advisory_unlock_shared(1, 2), pg_advisory_unlock(5)
SELECT pg_advisory_xact_lock(42)
SELECT pg_advisory_unlock_all()
SELECT txid_current_if_assigned() IS NULL, pg_current_xact_id_if_assigned() IS NULL
LISTEN news
NOTIFY news, 'hello'
UNLISTEN news
UNLISTEN *
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ
SHOW default_transaction_isolation
