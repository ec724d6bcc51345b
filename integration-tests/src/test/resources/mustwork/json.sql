-- JSON
SELECT specs -> 'pages', specs ->> 'pages', specs #> '{cover,soft}', specs #>> '{cover,soft}' FROM shop.product ORDER BY id
SELECT id FROM shop.product WHERE specs @> '{"cover": {"soft": true}}'
SELECT id FROM shop.product WHERE specs ? 'nib' OR specs ?| ARRAY['grades'] OR specs ?& ARRAY['pages', 'cover'] ORDER BY id
SELECT '{"a": 1}'::jsonb <@ '{"a": 1, "b": 2}', '{"a": 1}'::jsonb || '{"b": 2}', '{"a": 1, "b": 2}'::jsonb - 'a', '[1, 2, 3]'::jsonb - 1, '{"a": {"b": 1}}'::jsonb #- '{a,b}'
SELECT jsonb_path_query(specs, '$.colours[*] ? (@ starts with "b")') FROM shop.product WHERE id = 4
SELECT id FROM shop.product WHERE specs @? '$.pages ? (@ > 50)' OR specs @@ '$.nib == "M"' ORDER BY id
SELECT jsonb_path_query_array('[1, 2, 3]', '$[*] ? (@ > $min)', '{"min": 1}'), jsonb_path_exists('{"a": 1}', '$.a'), jsonb_path_query_first('[5, 6]', '$[1]')
SELECT key, value FROM jsonb_each('{"x": 1, "y": [2]}') ORDER BY key
SELECT p.id, c.colour FROM shop.product p, jsonb_array_elements_text(p.specs -> 'colours') AS c (colour) ORDER BY 1, 2
SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}, {"a": 2}]') AS r (a int, b text)
SELECT * FROM json_to_record('{"a": 1, "b": [1, 2]}') AS r (a int, b int[])
SELECT * FROM jsonb_populate_record(NULL::shop.address, '{"street": "Hill 3", "city": "Bern"}')
SELECT json_build_object('id', id, 'label', label) FROM shop.product ORDER BY id LIMIT 2
SELECT row_to_json(p) FROM (SELECT id, tags FROM shop.product ORDER BY id LIMIT 2) p
SELECT to_jsonb(s) FROM shop.stock s ORDER BY sku
SELECT json_agg(label ORDER BY id), jsonb_object_agg(sku, price ORDER BY id) FROM shop.product
SELECT jsonb_set('{"a": [1, 2]}', '{a,0}', '9'), jsonb_insert('{"a": [1]}', '{a,0}', '0'), jsonb_strip_nulls('{"a": null}')
SELECT jsonb_typeof(specs -> 'pages'), jsonb_array_length(specs -> 'grades') FROM shop.product ORDER BY id
SELECT jsonb_pretty('{"a": {"b": 1}}'), json_typeof('[]'), jsonb_build_array(1, 'x', NULL)
SELECT (specs -> 'cover' -> 'soft')::boolean, (specs['pages'])::int FROM shop.product WHERE id = 1
SELECT '{"a": 1}'::json ->> 'a', '"x"'::jsonb #>> '{}', 'null'::jsonb IS NULL
SELECT jsonb_object_keys(specs) FROM shop.product WHERE id = 1 ORDER BY 1
