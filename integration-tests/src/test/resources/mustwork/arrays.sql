-- Arrays, composites and enums
SELECT ARRAY[1, 2, 3], '{1,2}'::int[], ARRAY[[1, 2], [3, 4]], '{}'::text[]
SELECT tags[1], tags[1:1], array_length(tags, 1), cardinality(tags) FROM shop.product ORDER BY id
SELECT id FROM shop.product WHERE 'gift' = ANY (tags) OR tags && ARRAY['a4'] OR tags @> '{hb}' ORDER BY id
SELECT id FROM shop.product WHERE id = ANY ('{1,3}'::int[]) AND 2 <> ALL (ARRAY[1, 3]) ORDER BY id
SELECT unnest(tags) AS tag, count(*) FROM shop.product GROUP BY tag ORDER BY tag
SELECT t.tag, t.n FROM shop.product p, unnest(p.tags) WITH ORDINALITY AS t (tag, n) WHERE p.id = 1 ORDER BY n
SELECT a, b FROM unnest(ARRAY[1, 2], ARRAY['x', 'y', 'z']) AS u (a, b)
SELECT array_agg(id ORDER BY id DESC), array_agg(DISTINCT category) FROM shop.product
SELECT ARRAY(SELECT sku FROM shop.product ORDER BY sku)
SELECT array_append(ARRAY[1], 2), array_prepend(0, ARRAY[1]), array_cat('{1}', '{2}'::int[]), array_remove(ARRAY[1, 2, 1], 1), array_replace(ARRAY[1, 2], 2, 3), array_position(ARRAY['a', 'b'], 'b'), array_positions(ARRAY[1, 1], 1)
SELECT array_to_string(ARRAY[1, NULL, 3], ',', '*'), string_to_array('a,b,,c', ',', ''), array_fill(7, ARRAY[2, 2]), array_dims('{{1,2}}'::int[]), trim_array(ARRAY[1, 2, 3], 1)
SELECT '[0:1]={1,2}'::int[], (ARRAY[5, 6, 7])[2:], (ARRAY[[1, 2], [3, 4]])[2][1]
SELECT generate_subscripts(ARRAY['x', 'y'], 1)
SELECT ROW(1, 'a', NULL), (1, 2) = (1, 2), ROW(1, 2) < ROW(1, 3), ROW(1, NULL) IS NULL, (1, 2) IN ((1, 2), (3, 4))
SELECT (ROW('Hill 9', 'Bern')::shop.address).city, (home).* FROM shop.staff WHERE id = 1
SELECT size, size > 'small' AS bigger, size::text AS word FROM shop.product ORDER BY product.size NULLS FIRST, id
SELECT enum_range(NULL::shop.size), enum_first('large'::shop.size), enum_last(NULL::shop.size), 'medium'::shop.size
SELECT 50::shop.percentage, discount + 1 FROM shop.sale WHERE id = 2
SELECT 101::shop.percentage -- ERROR 23514
SELECT 'huge'::shop.size -- ERROR 22P02
SELECT array_sample IS NULL FROM (SELECT NULL::int[] AS array_sample) x
SELECT p FROM shop.product p WHERE id = 5
SELECT p.label, (SELECT array_agg(s.quantity ORDER BY s.id) FROM shop.sale s WHERE s.product_id = p.id) FROM shop.product p ORDER BY p.id
