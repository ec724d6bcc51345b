-- information_schema, drivers' metadata and catalogs
SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema = 'shop' ORDER BY 1, 2
SELECT column_name, data_type, is_nullable, column_default, character_maximum_length, numeric_precision, udt_name FROM information_schema.columns WHERE table_schema = 'shop' AND table_name = 'product' ORDER BY ordinal_position
SELECT constraint_name, constraint_type FROM information_schema.table_constraints WHERE table_schema = 'shop' AND table_name IN ('product', 'sale') ORDER BY 1
SELECT kcu.column_name, ccu.table_name, ccu.column_name FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu USING (constraint_name, table_schema) JOIN information_schema.constraint_column_usage ccu USING (constraint_name, table_schema) WHERE tc.constraint_type = 'FOREIGN KEY' AND tc.table_schema = 'shop' ORDER BY 1
SELECT sequence_name, data_type, start_value, increment FROM information_schema.sequences WHERE sequence_schema = 'shop' ORDER BY 1
SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT LIKE 'pg%' ORDER BY 1
SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE table_name = 'regions' AND grantee = 'analyst' ORDER BY 2
SELECT enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'size' ORDER BY enumsortorder
SELECT unique_constraint_name, update_rule, delete_rule FROM information_schema.referential_constraints WHERE constraint_schema = 'shop' ORDER BY 1
SELECT NULL AS table_cat, n.nspname AS table_schem, c.relname AS table_name, c.relkind, d.description FROM pg_catalog.pg_namespace n, pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_description d ON (c.oid = d.objoid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass) WHERE c.relnamespace = n.oid AND n.nspname = 'shop' AND c.relkind IN ('r', 'v', 'p') ORDER BY 3
SELECT a.attname, a.atttypid, a.atttypmod, a.attnotnull, pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = 'shop.product'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
SELECT ct.relname AS table_name, ci.relname AS index_name, i.indisunique, i.indisprimary, pg_catalog.pg_get_indexdef(i.indexrelid), pg_get_expr(i.indpred, i.indrelid) FROM pg_index i JOIN pg_class ct ON ct.oid = i.indrelid JOIN pg_class ci ON ci.oid = i.indexrelid JOIN pg_namespace n ON n.oid = ct.relnamespace WHERE n.nspname = 'shop' ORDER BY 1, 2
SELECT result.table_name, result.column_name, result.key_seq, result.pk_name FROM (SELECT ct.relname AS table_name, a.attname AS column_name, (information_schema._pg_expandarray(i.indkey)).n AS key_seq, ci.relname AS pk_name, information_schema._pg_expandarray(i.indkey) AS keys, a.attnum AS a_attnum FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_attribute a ON ct.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON ct.relnamespace = n.oid JOIN pg_catalog.pg_index i ON a.attrelid = i.indrelid JOIN pg_catalog.pg_class ci ON ci.oid = i.indexrelid WHERE n.nspname = 'shop' AND ct.relname = 'product' AND i.indisprimary) result WHERE result.a_attnum = (result.keys).x ORDER BY 1, 2
SELECT conname, pg_get_constraintdef(oid), contype FROM pg_constraint WHERE conrelid = 'shop.product'::regclass ORDER BY conname
SELECT conname, confrelid::regclass, conkey, confkey FROM pg_constraint WHERE contype = 'f' AND conrelid = 'shop.sale'::regclass
SELECT pg_get_viewdef('shop.turnover'::regclass, true)
SELECT schemaname, viewname, definition FROM pg_views WHERE schemaname = 'shop'
SELECT schemaname, tablename, hasindexes FROM pg_tables WHERE schemaname = 'shop' ORDER BY 2
SELECT schemaname, indexname, indexdef FROM pg_indexes WHERE tablename = 'product' ORDER BY 2
SELECT schemaname, matviewname, ispopulated FROM pg_matviews
SELECT obj_description('shop.product'::regclass), col_description('shop.product'::regclass, 2), obj_description('shop.product'::regclass, 'pg_class')
SELECT to_regclass('shop.product'), to_regclass('shop.none'), to_regtype('shop.size'), 'shop.product'::regclass::oid = (SELECT oid FROM pg_class WHERE oid = 'shop.product'::regclass)
SELECT p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid), l.lanname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang WHERE n.nspname = 'public' ORDER BY 1
SELECT routine_name, routine_type FROM information_schema.routines WHERE routine_schema = 'public' ORDER BY 1
SELECT inhrelid::regclass, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'shop.measure'::regclass ORDER BY 1
SELECT relname, reltuples IS NOT NULL, relkind, relpersistence FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relkind <> 'i' ORDER BY 1
SELECT pg_relation_size('shop.product') > 0, pg_total_relation_size('shop.product') > 0, pg_size_pretty(10240::bigint), pg_table_size('shop.stock') > 0
SELECT datname IS NOT NULL, pg_encoding_to_char(encoding), datcollate IS NOT NULL FROM pg_database WHERE datname = 'template1'
SELECT keyword, catcode FROM pg_get_keywords() pg_get_keywords (keyword, catcode) WHERE catcode = 'T' ORDER BY 1 LIMIT 3
SELECT collname, collprovider FROM pg_collation WHERE collname IN ('C', 'POSIX') ORDER BY 1
SELECT amname FROM pg_am ORDER BY 1
SELECT spcname FROM pg_tablespace ORDER BY 1
SELECT domain_name, data_type FROM information_schema.domains WHERE domain_schema = 'shop'
SELECT attribute_name, data_type FROM information_schema.attributes WHERE udt_name = 'address' ORDER BY ordinal_position
SELECT check_clause FROM information_schema.check_constraints WHERE constraint_schema = 'shop' AND check_clause NOT LIKE '%NOT NULL' ORDER BY 1
