-- statistics, definitions, other sessions
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE schemaname = 'clinic'
SELECT most_common_vals::text FROM pg_catalog.pg_stats WHERE tablename = 'visits'
SELECT n_distinct, avg_width FROM pg_stats WHERE tablename = 'visits'
SELECT stavalues1 FROM pg_statistic WHERE starelid = 'clinic.patients'::regclass
SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'staff_one'
SELECT relpartbound::text IS NULL, md5(relpartbound::text) FROM pg_class WHERE relname = 'staff_one'
SELECT c.oid::pg_catalog.regclass, pg_catalog.pg_get_expr(c.relpartbound, c.oid) FROM pg_catalog.pg_class c WHERE c.relispartition
SELECT pg_get_partition_constraintdef('clinic.staff_one'::regclass)
SELECT * FROM pg_catalog.pg_partition_tree('clinic.staff'), LATERAL (SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = relid) x
SELECT to_jsonb(c) ->> 'relpartbound' FROM pg_class c WHERE relname = 'staff_one'
SELECT c FROM pg_class c WHERE relname = 'staff_one'
COPY (SELECT relname, relpartbound FROM pg_class WHERE relispartition) TO STDOUT
SELECT * FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'clinic' AND relispartition
SELECT attname, attstattarget, (SELECT stadistinct FROM pg_statistic s WHERE s.starelid = a.attrelid AND s.staattnum = a.attnum) FROM pg_attribute a WHERE attrelid = 'clinic.visits'::regclass AND attnum = 3
SELECT * FROM pg_toast.pg_toast_2619
SELECT pg_relation_filepath('clinic.patients'), pg_read_binary_file(pg_relation_filepath('clinic.patients'))
SELECT "pg_catalog".pg_get_viewdef('clinic.told')
SELECT U&"pg\005fcatalog"."pg_get_partition_constraintdef"('clinic.staff_one'::regclass)
SELECT TREAT('clinic.told' AS pg_get_viewdef)
SELECT ('clinic.staff_one'::regclass::oid).pg_get_partition_constraintdef
SELECT x.pg_get_viewdef FROM unnest(ARRAY['clinic.told']) x
SELECT btrim.pg_get_viewdef FROM TRIM('clinic.told')
SELECT qual FROM pg_policies WHERE tablename = 'lockers'
SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polname = 'mine'
SELECT definition FROM pg_rules WHERE tablename = 'bells'
SELECT md5(ev_qual::text) FROM pg_rewrite WHERE rulename = 'ring'
SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE rulename = 'ring'
SELECT definition FROM clinic.all_views WHERE viewname = 'told'
SELECT text FROM clinic.all_texts WHERE relname = 'told'
SELECT count(*) FROM clinic.all_texts_again WHERE text LIKE '%Aalpha%'
