-- What clients ask when they start, and settings
SELECT version()
SELECT current_schema(), current_schema, current_user, session_user, "current_user"(), user
SELECT current_schemas(true), current_schemas(false)
SHOW search_path
SHOW server_version
SHOW server_encoding
SHOW client_encoding
SHOW standard_conforming_strings
SHOW TimeZone
SHOW DateStyle
SHOW TRANSACTION ISOLATION LEVEL
SHOW transaction isolation level
SET application_name = 'report'
SHOW application_name
SET SESSION extra_float_digits = 3
SET extra_float_digits TO 2
SET client_min_messages TO warning
SET bytea_output = 'hex'
SET DateStyle TO ISO, MDY
SET TIME ZONE 'UTC'
SET TIME ZONE LOCAL
SET search_path TO public, shop
SHOW search_path
SELECT count(*) FROM product
RESET search_path
SET statement_timeout TO 0
SET lock_timeout = '5s'
SET idle_in_transaction_session_timeout = 60000
SET enable_seqscan = off
RESET enable_seqscan
SET work_mem TO DEFAULT
SET synchronous_commit = 'local'
SET client_encoding TO 'UTF8'
SET NAMES 'UTF8'
SELECT current_setting('server_version_num')::int >= 130000, current_setting('max_identifier_length'), current_setting('nothing.here', true)
SELECT set_config('application_name', 'other', false)
SELECT pg_is_in_recovery(), pg_client_encoding(), getdatabaseencoding()
SELECT pg_backend_pid() > 0, inet_server_port() > 0, pg_postmaster_start_time() < now()
SELECT setting, unit, context FROM pg_settings WHERE name = 'max_identifier_length'
SELECT 1
SELECT 1 AS "keepalive"; SELECT 2
;
-- nothing but a comment
SELECT has_table_privilege('regions', 'SELECT'), has_schema_privilege('shop', 'USAGE'), has_column_privilege('regions', 'name', 'UPDATE'), pg_has_role(current_user, 'analyst', 'MEMBER')
SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user
SELECT oid::regtype, typname, typlen, typtype FROM pg_type WHERE typname IN ('int4', 'text', 'jsonb') ORDER BY typname
SELECT t.typname, t.oid, t.typarray FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = ANY (ARRAY['hstore', 'uuid', 'date']) ORDER BY 1
SELECT extname, extversion FROM pg_extension ORDER BY 1
SELECT name, abbrev IS NOT NULL FROM pg_timezone_names WHERE name = 'UTC'
DISCARD PLANS
DISCARD SEQUENCES
RESET application_name
RESET ALL
DISCARD ALL
