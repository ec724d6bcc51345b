-- Ranges, networks, geometry, bits, UUIDs and XML
SELECT room, during, lower(during), upper(during), isempty(during) FROM shop.booking ORDER BY room, during
SELECT room FROM shop.booking WHERE during && '[2025-05-01 11:30,2025-05-01 13:30)' ORDER BY room, during
SELECT room, guests @> 2, guests << int4range(5, 9), upper_inf(guests), lower_inf(guests) FROM shop.booking ORDER BY room, during
SELECT int4range(1, 5) + int4range(3, 9), int4range(1, 5) * int4range(3, 9), int4range(1, 5) - int4range(3, 9), int4range(1, 3) -|- int4range(3, 4)
SELECT range_agg(during), range_intersect_agg(guests) FROM shop.booking
SELECT '{[1,3),[5,7)}'::int4multirange, unnest('{[1,3),[5,7)}'::int4multirange), int4multirange(int4range(1, 2)) @> 1
SELECT numrange(1.5, 2.5, '[]'), daterange('2025-01-01', NULL), tstzrange('2025-01-01Z', '2025-01-02Z') @> '2025-01-01 12:00Z'::timestamptz
SELECT '10.1.2.3/24'::inet, network('10.1.2.3/24'), host('10.1.2.3/24'::inet), '10.0.0.0/8'::cidr >>= '10.1.2.3'::inet, '08:00:2b:01:02:03'::macaddr
SELECT point(1, 2), '(0,0),(1,1)'::box, circle '<(0,0),2>' @> point '(1,1)', lseg '((0,0),(3,4))' <-> point '(0,0)'
SELECT B'1010' & B'0110', B'1' || B'0', x'ff'::bit(8), 5::bit(4), 'abc'::bytea, '\xdeadbeef'::bytea, encode('\x01ff', 'hex'), decode('AQ==', 'base64')
SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, gen_random_uuid() IS NOT NULL
SELECT xmlelement(name a, xmlattributes(1 AS b), 'c'), xpath('/a/@b', '<a b="2"/>'), xmlforest(1 AS x)
SELECT 12.34::money, 1::"char", 'x'::name, 'regions'::regclass, 'shop.product'::regclass::text, 'int4'::regtype, 'lower(text)'::regprocedure
SELECT 1.5e3, 0.5e-3, .5, 5.
SELECT 'NaN'::float8, 'Infinity'::numeric, -0.0::float4, 1e-300::float8 * 1e-300::float8 -- ERROR 22003
SELECT 9223372036854775807::bigint, 32767::smallint, 0.1 + 0.2, 0.1::float8 + 0.2::float8, 7 / 2, 7 % 3, -7 / 2, 2 ^ 10, |/ 16, ||/ 27, @ -5, 5 # 3, ~ 1, 1 << 4
