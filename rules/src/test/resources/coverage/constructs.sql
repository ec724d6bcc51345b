-- Statements of every kind that PostgreSQL's query language knows, one a line; every reference to a relation or a WITH item stands
-- between « and ». What a line "-- since N" precedes, PostgreSQL N and later accept.

-- since 13
SELECT
SELECT 1
SELECT ALL a, distinct_ b FROM «t»
SELECT DISTINCT ON (a, f(b)) c.*, * FROM «s.t» AS c (a, b)
SELECT a AS "as", b select_, c "from", 1 one FROM «"T"» "Select"
SELECT t FROM «t» WHERE t IS NOT NULL AND t.* IS NOT NULL
SELECT x.y.z.c, x.y.z.* FROM «x.y.z»
SELECT (c).d, (c.d).e.f, (c).*, (f(x)).g, ($1).a, a[1], a[1:2], a[:], a[1:], a[:2][3], (ARRAY[1,2])[1] FROM «t» c
SELECT 1 FROM «t» *, ONLY «u», ONLY («s.v»), «w» * AS w1, ONLY «x» x1 (a, b)
SELECT 1 FROM «t» TABLESAMPLE bernoulli (10) REPEATABLE (1), «u» AS v TABLESAMPLE s.system_rows (100)
SELECT 1 FROM «a» CROSS JOIN «b» NATURAL JOIN «c» NATURAL LEFT OUTER JOIN «d» JOIN «e» USING (x, y) FULL JOIN «f» ON a.x = f.x
SELECT 1 FROM «a» LEFT JOIN «b» INNER JOIN «c» ON b.x = c.x ON a.x = b.x
SELECT 1 FROM («a» JOIN «b» USING (x)) AS j (x, y), («c» CROSS JOIN «d»), ((«e» JOIN «f» ON true))
SELECT 1 FROM (SELECT 1 FROM «a») AS x, LATERAL (SELECT x.a FROM «b») y, (VALUES (1, 'a'), (2, 'b')) AS v (i, t), (TABLE «c») z
SELECT 1 FROM ((SELECT 1 FROM «a») UNION (SELECT 2 FROM «b») ORDER BY 1) x, (((SELECT 1 FROM «c»))) y
SELECT 1 FROM f(1), s.g(a => 1, b := 2) AS x, LATERAL h(VARIADIC ARRAY[1]) WITH ORDINALITY AS o (a, n), «u», generate_series(1, 2) i
SELECT 1 FROM f() AS (a int, b text COLLATE "C"), f() AS x (a numeric(1, 2)[], b s.t), ROWS FROM (f(1) AS (a int), g()) WITH ORDINALITY AS r
SELECT 1 FROM current_date, CURRENT_TIMESTAMP(3) AS now, coalesce(1, 2) c, CAST(1 AS int) x, «current_x»
SELECT 1 FROM xmltable(XMLNAMESPACES('x' AS a, DEFAULT 'y'), '/a' PASSING BY REF (SELECT x FROM «d») BY VALUE COLUMNS n FOR ORDINALITY, a int PATH 'a' DEFAULT 0 NOT NULL, b text) x
SELECT count(*), count(DISTINCT a), sum(b) FILTER (WHERE c > 0), array_agg(d ORDER BY e DESC NULLS LAST, f USING <) FROM «t»
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FILTER (WHERE b), mode() WITHIN GROUP (ORDER BY (SELECT c FROM «u»)) FROM «t»
SELECT row_number() OVER (), rank() OVER w, sum(a) OVER (w PARTITION BY b ORDER BY c ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM «t» WINDOW w AS (PARTITION BY d), v AS (w ORDER BY e)
SELECT sum(a) OVER (ORDER BY b RANGE '1 day' PRECEDING), sum(a) OVER (GROUPS CURRENT ROW EXCLUDE TIES), sum(a) OVER (ORDER BY c RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE GROUP) FROM «t»
SELECT a, b FROM «t» GROUP BY a, (b), (c, d), ROLLUP (e, (f, g)), CUBE (h), GROUPING SETS ((i), (), ROLLUP (j)) HAVING grouping(a, b) > 0
SELECT a FROM «t» ORDER BY a ASC, b DESC NULLS FIRST, c USING OPERATOR(pg_catalog.<) LIMIT 1 + (SELECT count(*) FROM «u») OFFSET 2 ROWS
SELECT a FROM «t» OFFSET $1 ROW FETCH FIRST (2 + 3) ROWS ONLY
SELECT a FROM «t» ORDER BY a FETCH NEXT ROW WITH TIES
SELECT a FROM «t» LIMIT ALL FOR NO KEY UPDATE OF t NOWAIT FOR SHARE OF t, u SKIP LOCKED FOR KEY SHARE FOR UPDATE
SELECT 1 UNION ALL SELECT 2 FROM «a» INTERSECT (SELECT 3 FROM «b» LIMIT 1) EXCEPT DISTINCT VALUES (1) UNION TABLE «c» ORDER BY 1
(SELECT 1 FROM «a») UNION ((SELECT 2 FROM «b») ORDER BY 1 LIMIT 1)
((SELECT 1 FROM «a» ORDER BY x))
VALUES (1, 'a', DEFAULT), (f(2), NULL, (SELECT 1 FROM «t»))
TABLE «t»
TABLE ONLY «s.t» ORDER BY 1 LIMIT 1
WITH a AS (SELECT 1 FROM «t»), b (x) AS NOT MATERIALIZED (SELECT 2 FROM «a»), c AS MATERIALIZED (TABLE «b») SELECT * FROM «c», «s.c»
WITH RECURSIVE r (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM «r» WHERE n < 10) SEARCH DEPTH FIRST BY n SET o CYCLE n SET c TO 'y' DEFAULT 'n' USING p TABLE «r»
WITH d AS (DELETE FROM «t» USING «u» AS x WHERE t.a = x.a RETURNING t.*), i AS (INSERT INTO «v» SELECT * FROM «d» RETURNING a) UPDATE «w» SET a = i.a FROM «i» RETURNING *
SELECT (SELECT 1 FROM «a»), EXISTS (SELECT FROM «b»), ARRAY(SELECT 1 FROM «c» ORDER BY 1), x IN (SELECT 1 FROM «d»), x NOT IN (1, 2), x = ANY (SELECT 1 FROM «e»), x <> ALL (ARRAY[1, 2]), (x, y) = (SELECT 1, 2 FROM «f»), x LIKE ANY ('a')
SELECT (WITH a AS (TABLE «b») TABLE «a»), ((SELECT 1 FROM «c»)), ((SELECT 1 FROM «d») + 1), (((SELECT 1 FROM «e»)) UNION SELECT 2 FROM «f»)
SELECT a + b - c * d / e % f ^ g, - a, + b, @ c, |/ d, a || b, a @> b, a <@ b, a -> b ->> c #> d #>> e, a ? b, a ?| b, a ?& b, a ~ b, a !~* b, a && b, a << 1, a # b, ~ c FROM «t»
SELECT a OPERATOR(pg_catalog.+) b, OPERATOR(s.-) c, a OPERATOR(x.y.@@) ANY (d), NOT a AND b OR c, a IS TRUE, a IS NOT UNKNOWN, a ISNULL, b NOTNULL, a IS DISTINCT FROM b, a IS NOT DISTINCT FROM ROW(1), a IS NFC NORMALIZED, a IS DOCUMENT FROM «t»
SELECT a BETWEEN 1 AND 2, b NOT BETWEEN SYMMETRIC c AND d, e LIKE 'x' ESCAPE '!', f NOT ILIKE g, h SIMILAR TO i ESCAPE j, (a, b) OVERLAPS (c, d), a AT TIME ZONE 'UTC', b COLLATE "C" COLLATE s.x FROM «t»
SELECT CASE WHEN a THEN b WHEN c THEN d ELSE (SELECT 1 FROM «t») END, CASE a WHEN 1 THEN 2 END, nullif(a, b), coalesce(a, b), greatest(a), least(b, c), ROW(), ROW(1, 2), (1, 2), ROW(t.*) FROM «u» t
SELECT a::int, b::s.t[], c::varchar(10)[3][], d::double precision, e::timestamp(3) with time zone, f::interval day to second(3), g::bit varying(3), h::numeric(10, 2) array[4], i::national character varying(3), j::time without time zone, CAST(k AS setof_), l::"char", m::int4 array, n::float(3)
SELECT int '1', s.t '2', date '2020-01-01', timestamp with time zone 'now', interval '1' year to month, interval(3) '1', interval '1 day', double precision '1', char(3) 'a', numeric(1, 2) '1', bit '1', f(1) 'x', time(3) with time zone '1', json '[]'
SELECT extract(year FROM a), extract('day' FROM b), extract(x FROM c), position(a IN b), substring(a FROM 1 FOR 2), substring(a FOR 2), substring(a, 1), substring(a SIMILAR b ESCAPE c), overlay(a PLACING b FROM 1 FOR 2), overlay(a, b), trim(a), trim(BOTH FROM a), trim(LEADING 'x' FROM a), trim(TRAILING a, b), normalize(a, NFKD), collation for (a), treat(a AS s.t), cast(a AS text) FROM «t»
SELECT current_user, session_user, user, current_role, current_catalog, current_schema, current_schema(), current_schemas(true), current_date, current_time, current_time(1), localtime, localtimestamp(2), now()
SELECT xmlelement(name a, xmlattributes(b, c AS d), e), xmlforest(f AS g, h), xmlpi(name php, i), xmlconcat(j, k), xmlparse(CONTENT l PRESERVE WHITESPACE), xmlroot(m, VERSION '1', STANDALONE NO VALUE), xmlserialize(DOCUMENT n AS text), xmlexists('x' PASSING BY VALUE o) FROM «t»
SELECT E'\' FROM x', U&'\0061' UESCAPE '!', B'01', X'1F', N'x', $$ FROM a $$, $q$ $$ FROM b $q$, $1, 'it''s' FROM «t» -- FROM c
SELECT /* FROM a /* FROM b */ */ 1 FROM /* ONLY */ «t» -- ONLY
SELECT 1 FROM «U&"d\0061t\+000061"», «"a""b"."c.d"», «U&"!0061" UESCAPE '!'», «ÄÖ»
SELECT 1 FROM «select_», «"select"», «s.select», «key», «"only"», «temp», «values_», «lateral_», «recursive», «path», «json», «json_table»
SELECT f(a, VARIADIC b), f(ALL a), f(DISTINCT a, b ORDER BY c), (s.f(a)).b, f(x => (SELECT 1 FROM «t»), y := 2) WHERE false
SELECT * INTO TEMP x FROM «t»
SELECT a, b INTO LOCAL TEMPORARY TABLE x FROM «t» WHERE c
SELECT 1 INTO UNLOGGED s.x
SELECT a INTO TABLE x FROM «t»
SELECT a INTO temp FROM «t»
SELECT 1 INTO local
WITH a AS (SELECT 1) SELECT * INTO GLOBAL TEMP b FROM «a» UNION SELECT 2 FROM «c»
INSERT INTO «t» VALUES (1, DEFAULT), (2, (SELECT a FROM «u»))
INSERT INTO «s.t» AS x (a, b.c, d[1], e[1:2].f) OVERRIDING SYSTEM VALUE SELECT * FROM «u» RETURNING x.*, (SELECT 1 FROM «v»)
INSERT INTO «t» DEFAULT VALUES RETURNING 1 AS a
INSERT INTO «t» (a) OVERRIDING USER VALUE (SELECT 1 FROM «u»)
INSERT INTO «t» TABLE «u»
INSERT INTO «t» WITH a AS (TABLE «b») SELECT * FROM «a» ON CONFLICT DO NOTHING
INSERT INTO «t» VALUES (1) ON CONFLICT (a, lower(b) COLLATE "C" text_ops DESC, (c + 1)) WHERE d > 0 DO UPDATE SET (a, b) = ROW(excluded.a, DEFAULT), c = t.c WHERE t.x IN (SELECT 1 FROM «u») RETURNING *
INSERT INTO «t» AS x VALUES (1) ON CONFLICT ON CONSTRAINT k DO UPDATE SET a = (SELECT 1 FROM «u»), b[1] = 2, c.d = 3
WITH a AS (SELECT 1) INSERT INTO «t» TABLE «a»
UPDATE «t» SET a = 1
UPDATE ONLY «s.t» AS x SET a = DEFAULT, (b, c) = (SELECT 1, 2 FROM «u»), (d) = ROW(1), e[1] = 2 FROM «v» JOIN «w» USING (y), (SELECT 1 FROM «z») q WHERE x.a = v.a RETURNING x.*, v.b AS c
UPDATE «t» * SET a = 1 WHERE CURRENT OF c
UPDATE «t» x SET set = 1
DELETE FROM «t»
DELETE FROM ONLY «t» AS x USING «u», ONLY «v» y JOIN «w» ON true WHERE x.a = u.a RETURNING x.a b
DELETE FROM «t» WHERE CURRENT OF "c"
WITH a AS (SELECT 1 FROM «b») DELETE FROM «t» USING «a» WHERE t.x IN (TABLE «a»)
-- since 14
SELECT 1 FROM «a» JOIN «b» USING (x) AS j
SELECT a FROM «t» GROUP BY DISTINCT ROLLUP (a), ROLLUP (b)
SELECT (f(a)).b[1].c[2:3], a[1].b, ('{}'::jsonb)['a'] FROM «t»
SELECT substring(a SIMILAR b ESCAPE c), b value, c name FROM «t»
-- since 15
MERGE INTO «t» AS x USING «u» y ON x.a = y.a AND EXISTS (SELECT 1 FROM «v») WHEN MATCHED AND y.b > 0 THEN UPDATE SET a = y.a, (b, c) = (1, 2) WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND false THEN INSERT (a, b) OVERRIDING USER VALUE VALUES (y.a, DEFAULT) WHEN NOT MATCHED THEN DO NOTHING
MERGE INTO ONLY «s.t» USING (SELECT * FROM «u» WHERE a IN (TABLE «v»)) AS y ON true WHEN NOT MATCHED THEN INSERT DEFAULT VALUES
WITH a AS (TABLE «b») MERGE INTO «t» USING «a» JOIN «c» USING (x) ON t.x = a.x WHEN MATCHED THEN DO NOTHING
-- since 16
SELECT 1 FROM (SELECT 1 FROM «t»), (VALUES (1)), LATERAL (TABLE «u») WHERE true
SELECT 0x1F, 0o17, 0b11, 1_000, 1_0.0_1
SELECT json_object('a' VALUE b, 'c': d FORMAT JSON ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb), json_object(RETURNING text FORMAT JSON ENCODING utf8), json_object(), json_object('{a,b}'), json_object(ARRAY['a'], ARRAY['b']) FROM «t»
SELECT json_object(k: (SELECT v FROM «u»), (SELECT k FROM «v») VALUE 1 NULL ON NULL WITHOUT UNIQUE) FROM «t»
SELECT json_array(1, a, b FORMAT JSON NULL ON NULL RETURNING json), json_array(SELECT a FROM «t» ORDER BY 1), json_array(WITH w AS (TABLE «u») TABLE «w» RETURNING jsonb), json_array(RETURNING json), json_array()
SELECT json_objectagg(k VALUE v ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb) FILTER (WHERE a) OVER (PARTITION BY b), json_objectagg(k: v), json_arrayagg(a ORDER BY b DESC ABSENT ON NULL RETURNING text), json_arrayagg(a FORMAT JSON) FROM «t»
SELECT a IS JSON, a IS NOT JSON, a IS JSON VALUE, a IS JSON OBJECT WITH UNIQUE KEYS, a IS JSON ARRAY WITHOUT UNIQUE, a IS NOT JSON SCALAR AND b IS JSON WITH UNIQUE FROM «t»
SELECT json_object, json_array, t.json, json a, b json FROM «json_object» json_array, «path.json»
SELECT xmlserialize(CONTENT a AS text INDENT), xmlserialize(DOCUMENT b AS text NO INDENT), any_value(c), random_normal() FROM «t»
-- since 17
SELECT a AT LOCAL, json(a), json(b FORMAT JSON WITH UNIQUE KEYS), json_scalar(c), json_serialize(d RETURNING bytea FORMAT JSON), json_serialize(e) FROM «t»
SELECT json_exists(a, '$.x' PASSING (SELECT b FROM «u») AS v, c FORMAT JSON AS w TRUE ON ERROR), json_value(a, '$' RETURNING int DEFAULT 1 + (SELECT 1 FROM «v») ON EMPTY ERROR ON ERROR), json_value(a, '$' NULL ON EMPTY) FROM «t»
SELECT json_query(a, '$' WITH CONDITIONAL ARRAY WRAPPER), json_query(a, '$' RETURNING jsonb WITHOUT WRAPPER KEEP QUOTES ON SCALAR STRING EMPTY ARRAY ON EMPTY EMPTY OBJECT ON ERROR), json_query(a, '$' WITH WRAPPER OMIT QUOTES), json_query(a, '$' WITH UNCONDITIONAL WRAPPER) FROM «t»
SELECT j.* FROM «t», json_table(t.a, '$[*]' AS p PASSING (SELECT 1 FROM «u») AS x COLUMNS (id FOR ORDINALITY, a int PATH '$.a' DEFAULT 0 ON EMPTY NULL ON ERROR, b text EXISTS PATH '$.b' FALSE ON ERROR, c jsonb FORMAT JSON WITH WRAPPER KEEP QUOTES, NESTED PATH '$.d' AS q COLUMNS (e text, NESTED '$.f' COLUMNS (g int))) ERROR ON ERROR) AS j (id, a), LATERAL json_table('[]', '$' COLUMNS (a int)), «v»
MERGE INTO «t» USING «u» ON t.a = u.a WHEN NOT MATCHED BY SOURCE AND t.b THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT VALUES (u.a) WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = 1 RETURNING merge_action(), t.*, u.b AS c
WITH m AS (MERGE INTO «t» USING «u» ON true WHEN MATCHED THEN DELETE RETURNING t.a) SELECT * FROM «m»
-- since 18
UPDATE «t» SET a = 1 RETURNING old.a, new.*, with_
UPDATE «t» SET a = 1 RETURNING WITH (OLD AS o, NEW AS n) o.a, n.a, (SELECT 1 FROM «u»)
INSERT INTO «t» VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2 RETURNING WITH (OLD AS o) o.*, new.a
