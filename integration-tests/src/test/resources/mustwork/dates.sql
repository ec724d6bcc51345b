-- Dates and times
SET timezone = 'Europe/Zurich'
SELECT sold, sold::date, sold AT TIME ZONE 'UTC' FROM shop.sale ORDER BY id
SELECT date_trunc('quarter', sold), date_part('week', sold), extract(epoch FROM sold), extract(year FROM sold) FROM shop.sale WHERE id = 5
SELECT date '2025-02-28' + 1, date '2025-03-01' - date '2025-02-01', timestamp '2025-01-31 10:00' + interval '1 month', '2025-01-01'::date + time '10:00', interval '1 day' * 2.5
SELECT age(timestamp '2025-04-10', timestamp '2024-06-13'), justify_days('35 days'), justify_hours('27 hours'), make_interval(days => 10, hours => 3), interval '1-2', interval 'P1Y2M3DT4H5M6S'
SELECT make_date(2025, 2, 3), make_time(8, 15, 23.5), make_timestamp(2025, 2, 3, 8, 15, 0), make_timestamptz(2025, 7, 1, 0, 0, 0, 'UTC'), to_timestamp(1700000000), to_date('05 Dec 2025', 'DD Mon YYYY'), to_timestamp('2025-03', 'YYYY-MM')
SELECT to_char(timestamp '2025-03-07 16:05:09.123', 'YYYY-MM-DD HH24:MI:SS.MS Day, Mon TMMonth W IW Q J'), to_char(interval '15h 2m', 'HH24:MI')
SELECT (timestamp '2025-01-01', interval '10 days') OVERLAPS (timestamp '2025-01-05', timestamp '2025-01-06'), isfinite('infinity'::date), date_bin('15 minutes', timestamp '2025-01-01 10:37', timestamp '2025-01-01')
SELECT now() = current_timestamp, current_date = now()::date, localtime IS NOT NULL, clock_timestamp() >= statement_timestamp(), timeofday() IS NOT NULL
SELECT '2025-03-30 02:30'::timestamptz, '2025-10-26 02:30 Europe/Zurich'::timestamptz, timestamptz '2025-06-01 12:00+02', time with time zone '10:00+02', timestamp(0) '2025-01-01 00:00:00.7'
SET datestyle = 'German, DMY'
SELECT date '2025-12-31', '01.02.2025'::date
SET intervalstyle = 'iso_8601'
SELECT interval '1 year 2 days'
SELECT '2025-02-30'::date -- ERROR 22008
