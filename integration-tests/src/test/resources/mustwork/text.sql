-- Text, patterns and full text search
SELECT upper('abc'), lower('ABC'), initcap('two words'), length('grüße'), char_length('x'), octet_length('ü'), reverse('abc')
SELECT substring('Bauta' FROM 2 FOR 3), substring('a1b2' FROM '[0-9]'), overlay('abcdef' PLACING 'XX' FROM 2 FOR 3), position('u' IN 'Bauta'), trim(BOTH 'x' FROM 'xxaxx'), trim(LEADING FROM '  a ')
SELECT left('abcde', 2), right('abcde', -2), lpad('7', 3, '0'), rpad('x', 3, '-'), repeat('ab', 2), replace('aXa', 'X', '-'), translate('12345', '143', 'ax'), split_part('a-b-c', '-', 2)
SELECT 'a' || 1 || NULL IS NULL, concat('a', NULL, 1), concat_ws('-', 'a', NULL, 'b'), format('%s is %I at %L', 'x', 'Y z', 'it''s'), quote_ident('A b'), quote_literal('a''b'), quote_nullable(NULL)
SELECT 'abc' LIKE 'a%', 'abc' NOT LIKE '_', 'ABC' ILIKE 'abc', 'a%c' LIKE 'a\%c', 'a%c' LIKE 'a!%c' ESCAPE '!', 'abc' SIMILAR TO '(a|b)%', 'abc' ~ '^a', 'ABC' ~* 'b', 'abc' !~ 'z', 'abc' !~* 'Z'
SELECT regexp_replace('a1b22', '[0-9]+', '#', 'g'), regexp_match('key=value', '(\w+)=(\w+)'), regexp_split_to_array('a, b;c', '[,;]\s*'), regexp_count('banana', 'a'), regexp_substr('foobar', 'o+'), regexp_like('abc', 'B', 'i'), regexp_instr('abc', 'c')
SELECT m[1] FROM regexp_matches('a1b2', '([a-z])[0-9]', 'g') AS m
SELECT regexp_split_to_table('one two', ' ')
SELECT E'tab\there', E'\x41\u00e9', U&'d\0061t\+000061', $$dollar 'quoted'$$, $tag$nested $$ here$tag$, 'two'
  ' parts'
SELECT chr(65), ascii('A'), md5('x'), to_hex(255), encode(sha256('x'), 'hex'), starts_with('abc', 'ab'), 'abc' ^@ 'ab', unistr('\0061')
SELECT 'a' < 'B' COLLATE "C", 'ä' = 'ä', normalize('é', NFD) IS NFC NORMALIZED
SELECT title FROM shop.article WHERE search @@ to_tsquery('english', 'paper & !ink')
SELECT id, round(ts_rank(search, q)::numeric, 4) AS rank FROM shop.article, plainto_tsquery('english', 'sharp pencil') AS q WHERE search @@ q ORDER BY rank DESC
SELECT ts_headline('english', body, phraseto_tsquery('english', 'good paper')) FROM shop.article WHERE id = 1
SELECT to_tsvector('simple', 'the fat cat') @@ websearch_to_tsquery('simple', 'fat -dog'), setweight(to_tsvector('english', 'cats'), 'A'), strip('a:1'::tsvector), numnode('a & b'::tsquery), 'a'::tsquery && 'b', ts_delete('a b'::tsvector, 'a')
SELECT to_number('1,234.5', '9,999.9'), to_char(1234.5, 'FM9,999.00'), to_char(-7, 'S099'), cast('42' AS int), '4' + 1, int '7', text 'x', 'true'::boolean
SELECT string_agg(label, ' / ' ORDER BY id) FROM shop.product
SELECT label COLLATE "C" FROM shop.product ORDER BY label COLLATE "C" DESC
SELECT greatest(1, 3, 2), least('b', 'a'), nullif(1, 1), coalesce(NULL, 'x'), num_nulls(1, NULL), num_nonnulls(1, NULL), 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, true IS NOT FALSE, NULL::boolean IS UNKNOWN
SELECT abs(-1), ceil(1.2), floor(-1.2), round(2.567, 2), trunc(2.567, 1), mod(7, 3), power(2, 3), sqrt(4), cbrt(8), exp(0), ln(1), log(100), sign(-3), pi()::numeric(6,4), degrees(pi()), div(7, 2), gcd(12, 18), lcm(4, 6), factorial(5), scale(1.50), min_scale(1.50), trim_scale(1.50)
