package dev.bauta.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Hostile values of every type as text, and random ones of a seed. */
final class SampleValues {
    private static final int RANDOM = 20;
    private static final String ALPHABET = "ab01. @-_*é\u0301ß漢😀\u200d'\"\\\n%A";

    /** What numbers with a format are made of. */
    private static final String FORMAT_ALPHABET = "00112233445566778899  --..//::()+@AaFfXxZé\u00a0\u2011";

    private static final List<String> STRINGS = List.of(
            "",
            " ",
            "   ",
            "a",
            "ab",
            "abc",
            "abcd",
            "abcde",
            "abcdefghi",
            "  x  ",
            "x   ",
            "é",
            "e\u0301",
            "\u0301",
            "😀",
            "😀😀😀",
            "a😀b",
            "👩\u200d👩\u200d👧",
            "\u202eabc",
            "ﬁ",
            "İI\u212a",
            "'; DROP TABLE t; --",
            "\\",
            "\\x41",
            "%_%",
            "$1 ${x} {0}",
            "\n\t\r",
            "\u0001",
            "x".repeat(320),
            "x".repeat(5000),
            "😀".repeat(1500),
            "4111 1111 1111 1111",
            "null",
            "[\"a\"]",
            "{a}",
            "(1,a)",
            "glad",
            "[1,2)",
            "10.0.0.1/8",
            "<a/>");

    private static final List<String> ADDRESSES = List.of(
            "maria.rossi@example.com",
            "m@example.com",
            "ma@example.com",
            "😀x@example.com",
            "😀@example.com",
            "a@b.c",
            "a@b.co",
            "@b.com",
            "a@.com",
            "a@com",
            "a@b@c.com",
            "a.com@b",
            "ab@c.com ",
            "ab@c.com\n",
            "ab@c d.com",
            "ab@ü.com",
            "ab@x.cöm",
            "ab@example.photography",
            "ab@example.COM",
            "ab@sub.example.co.uk",
            "ab@example.com.",
            "@",
            "@@",
            "ab@@c.com",
            "a".repeat(310) + "@e.com",
            "a".repeat(316) + "@e.com",
            "ab@" + "e".repeat(400) + ".com",
            "call me @ the office.now");

    /** Numbers with a format, whole, cut short and too long, and texts that hold such. */
    private static final List<String> FORMATS = List.of(
            "+39 06 1234567",
            "+1 (555) 010-0199",
            "0039 333 12.34.567",
            "+4930123456",
            "+7 4950123",
            "+999123456789",
            "+21 1234567890",
            "5550100",
            "555010",
            "(06) 123 4567 ",
            "06/12345-67)",
            "12345678901234567",
            "123456789012345678",
            "4111111111111111",
            "4111-1111-1111-1111",
            "3782 822463 10005",
            "41111111111",
            "411111111111",
            "1234567890123456789",
            "12345678901234567890",
            "4111 1111 1111 111x",
            "4111  1111 1111 1111",
            "IT60 X054 2811 1010 0000 0123 456",
            "it60x0542811101000000123456",
            "DE89370400440532013000",
            "NO9386011117947",
            "NO938601111794",
            "XX00" + "A".repeat(30),
            "XX00" + "A".repeat(31),
            "90210",
            "90210-1234",
            "902101234",
            "03601",
            "89399-0000",
            "9021",
            "K1A0B1",
            "12-34-56",
            "aab",
            "abab aabb bbaa",
            "ab@ab b@ @",
            "a.b-c_d e",
            "-----",
            "Anna-Maria O'Neill, Rome",
            "àÿ漢😀ÀZ",
            "write to maria.rossi@example.com, or \"maria rossi\"@example.com.",
            "mailto:x@sub.example.co.uk;y@müller.de é@ü",
            "a@b@c.com @home me@ @@",
            "call +39 06 1234567 or (555) 010-0199, ext. 12",
            "tel:06.123.45.67/89 06 1234 5678 06 8765 4321",
            "born 1984-05-17, seen 2024-05-17 08:30:00",
            "card 4111 1111 1111 1111 5500 0000 0000 0004 exp 12/27",
            "cards 4111111111111111,378282246310005/3782-822463-10005-",
            "paid 2026 4111 1111-1111.1111 on 12/27, 4111 - 1111 - 1111 - 1111  378282246310005 411111111111",
            "orders 1234567890123456, 1234-5678-9012-3456, 9876543210987654321 and 98765432109876543210",
            "4111 1111 1111 1111 4111 1111 1111 1112 000 000 000 000 12 34 56 78 90 12",
            "x4111111111111111y 41 1111 1111 1111 11 4111    1111 1111 1111 4111\u00a01111\u00a01111\u00a01111",
            "111 ".repeat(400),
            "0000 ".repeat(400),
            "ahv 756.1234.5678.97 7561234567897, nir 1 84 05 2A 123 456 78 184052b123456 78 184057512345678",
            "pay IT60 X054 2811 1010 0000 0123 456 now, or DE89370400440532013000x",
            "GB82 WEST 1234 5698 7654 32 GB82WEST12345698765432",
            "ssn 078-05-1120, cf RSSMRA84E57H501X, nino AB 12 34 56 C, dni 12345678Z, nie X-1234567-L",
            "nir 1 84 05 75 123 456 78; 2 84 05 75 123 456",
            "from 10.0.0.1 to 192.168.100.200:5432, v1.2.3.4.5",
            "::1 fe80::1 2001:db8:0:0:0:0:0:1 2001:db8::ff00:42:8329 ::ffff:1.2.3.4 a::b::c std::vector 12:30:00",
            "[::ffff:192.168.0.17]:443 2001:db8::192.0.2.33, fe80::1.443 ::1. ::1.2.3.4567890 ::1.65536.1",
            "4111\u20111111\u20131111\u22121111 +39\u00a006\u202f1234567 06\u200b1234567 DE89\u00a03704\u00a00044\u00a00532",
            "DE89-3704-0044-0532-0130-00 078\u201105\u20111120 AB\u00a012\u00a034\u00a056\u00a0C 1\u00a084\u200905 2A 123 456",
            "?a=maria%40example.com&x=%40 a%40b%40c.d@e%40f_g%4 \"a b\"%40c_ %40%40%40",
            "[email] [phone] $1 \\1 & x",
            "漢字maria@example.com漢字06-1234567漢",
            "1".repeat(400),
            "1-".repeat(400),
            "a@".repeat(400),
            "1:".repeat(400),
            "x".repeat(9_999) + "@b.c",
            "ab ".repeat(3_400));

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "1.0",
            "1.50",
            "0.5",
            "-0.5",
            "0.05",
            "0.015",
            "1.25",
            "-1.25",
            "2.5",
            "3.5",
            "49",
            "50",
            "-50",
            "99.99",
            "-99.99",
            "499.99",
            "500",
            "501",
            "999",
            "-999",
            "999.99",
            "-999.99",
            "999900",
            "-949900",
            "32767",
            "-32768",
            "32500",
            "2147483647",
            "-2147483648",
            "2147483500",
            "-2147483500",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775000",
            "9999999999999999999",
            "123456789012345678.1234567891",
            "9999999999999999999999999999.9999999999",
            "1e18",
            "1e30",
            "-1e30",
            "3.4028235e38",
            "-3.4028235e38",
            "1.4e-45",
            "1e-18",
            "1.7976931348623157e308",
            "-1.7976931348623157e308",
            "4.9e-324",
            "-4.9e-324",
            "2.2250738585072014e-308",
            "9007199254740993",
            "9007199254740992.5",
            "0.1",
            "0.3",
            "0.30000001",
            "0.0099",
            "0.9999",
            "NaN",
            "Infinity",
            "-Infinity");

    private static final List<String> TIMES = List.of(
            "infinity",
            "-infinity",
            "4714-11-24 BC",
            "4714-11-24 00:00:00+00 BC",
            "4713-01-01 BC",
            "4713-12-31 23:59:59.999999+00 BC",
            "4712-01-01 00:00:00+00 BC",
            "4712-03-01 BC",
            "0044-03-15 12:00:00+00 BC",
            "0001-12-31 23:59:59.999999+00 BC",
            "0001-01-01 00:00:00+00",
            "1500-02-28",
            "1582-10-10 12:30:00+00",
            "1900-02-28 12:00:00+00",
            "1969-12-31 23:59:59.999999+00",
            "1970-01-01 00:00:00+00",
            "1999-12-31 23:30:00+00",
            "1999-12-31 23:29:59.999999+00",
            "2000-02-29 11:59:59.999999+00",
            "2000-02-29 12:00:00+00",
            "2023-01-15",
            "2023-01-16",
            "2023-02-14 23:59:59+00",
            "2023-02-15",
            "2023-02-16",
            "2023-05-15 23:59:59.5+00",
            "2023-05-16",
            "2023-06-30 23:59:59.999999+00",
            "2023-07-01",
            "2023-08-31",
            "2023-11-16",
            "2023-12-31",
            "2024-12-30",
            "2023-10-29 00:30:00+00",
            "2023-10-29 01:30:00+00",
            "2023-03-26 03:30:00+05:45",
            "2023-06-15 11:59:59.999999+00",
            "2023-06-15 12:00:00+00",
            "9999-12-31 23:59:59.999999+00",
            "10000-01-01 00:00:00+00",
            "294275-12-31 23:59:59.999999+00",
            "294276-01-01 00:00:00+00",
            "294276-12-31 23:59:59.999999+00",
            "294277-01-01",
            "5874897-12-31",
            "00:00",
            "24:00",
            "23:59:59.999999",
            "23:30",
            "23:29:59.999999",
            "22:30",
            "22:29:59.999999",
            "00:29:59.994",
            "00:29:59.995",
            "12:00:00.000001");

    private static final List<String> OTHERS = List.of(
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "\\x",
            "\\x00",
            "\\xdeadbeef",
            "\\x" + "00ff".repeat(300),
            "true",
            "false",
            "{}",
            "[]",
            "{\"b\": 1, \"a\": [null, 1.50, \"x\"]}",
            "\"x\"",
            "101",
            "1 day");

    private static final List<String> ARRAYS = List.of(
            "{NULL}",
            "{1,2,NULL,-5}",
            "{{1,2},{3,4}}",
            "{{{1,2}},{{NULL,4}},{{5,6}}}",
            "{{{{1}}}}",
            "[0:1]={7,8}",
            "[-1:0][3:4]={{1,2},{3,4}}",
            "{abc,\"x y\",\"a\\\\b\",\"\"}",
            "{\"a,b\",\"{x}\",\"NULL\",NULL,\" b \",\"\\\\\\\"\",null}",
            "{{\"a,b\",NULL},{\"NULL\",\"{}\"}}",
            "{{NULL,NULL}}",
            "{NaN,-1.50,Infinity,1e30,0}",
            "[5:6][-2:-2]={{1999-12-31 23:30:00+00},{infinity}}",
            "{2023-05-17,infinity,-infinity,\"0044-03-15 BC\"}",
            "{\"{\\\"a\\\": \\\"x\\\"}\",null,\"[1]\"}");

    private static final List<String> DOCUMENTS = List.of(
            "{\"a\": \"maria@example.com\", \"b\": 1}",
            "{\"a\": null}",
            "{\"a\": [1, \"x\", null, true, [2], {\"c\": 3}]}",
            "{\"a.b\": \"maria@example.com\", \"a\": {\"b\": \"y\"}}",
            "{\"b\": [{\"c\": [1, 2], \"d\": \"x\"}, {\"c\": \"no array\"}, 5, []]}",
            "{\"a\": 1, \"a\": \"later\"}",
            "[[], {}, \"\", 1e100, -0.00, 12345678901234567890.5]",
            "[\"x\\u0000y\"]",
            "[\"\\\\u0000\"]",
            "[\"\\\\\\u0000\"]",
            "[\"\\ud83d\\ude00\", \"\\u00e9\"]",
            "[\"\\ud83d\"]",
            "[\"\\ude00\\ud83d\"]",
            "[\"\\ud83d\\\\ude00\"]",
            "[1e400, 1E999, 1e-999]",
            "[1e99999]",
            "[1E+1000000]",
            "{\"a\":-1.5e131072}",
            "[" + "9".repeat(140000) + "]",
            "[\"5e12345\"]",
            "[".repeat(500) + "]".repeat(500),
            "true",
            "-1.50");

    private static final List<String> NETWORKS = List.of(
            "203.0.113.77",
            "203.0.113.77/32",
            "10.1.2.3/8",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "255.255.255.255",
            "256.0.0.1",
            "1.2.3",
            "01.2.3.4",
            "1.2.3.4/33",
            "1.2.3.4 ",
            "2001:db8::1",
            "2001:DB8:1:2:3:4:5:6",
            "2001:db8:1:2:3:4:5:6/64",
            "2001:db8::/32",
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1::3:4:5:6:7:8",
            "1:2:3:4:5:6::8",
            "1::2::3",
            ":1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8/128",
            "1:2:3:4:5:6:7:8/129",
            "::ffff:203.0.113.77",
            "::203.0.113.77/127",
            "::ffff:0:203.0.113.77",
            "::1:0:0",
            "::fffe:1:2",
            "::ffff:0:0",
            "0:0:1::/49",
            "1:0:0:2:0:0:0:3",
            "1:0:0:2:3:0:0:4",
            "1:0:2:3:4:5:6:0",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "0A.1.2.3",
            "::1/0",
            "1:2:3:4:5:6:7:8\n",
            "10.0.0.1\n",
            "fe80::1%eth0",
            "12345::",
            "08:00:2b:01:02:03");

    private static final List<String> POINTS = List.of(
            "(48.137154,11.576124)",
            "(-0.04,0.05)",
            "(-0.05,-2.5)",
            "(0,-0)",
            "(1e300,-1e300)",
            "(1e-320,4.9e-324)",
            "(Infinity,-Infinity)",
            "(NaN,0.1)");

    private static final List<String> NUMBERS_IN_TEXT =
            List.of("17", "18", "+64", " 65 ", "29.5", "-3", "0.2499", "1e3", "1,000", "7\n", "٣", "65+", "1.", ".5");

    private SampleValues() {}

    /** All of them; a type takes those that it can read. */
    static List<String> all(long seed) {
        Random random = new Random(seed);
        List<String> values = new ArrayList<>();
        values.addAll(STRINGS);
        values.addAll(ADDRESSES);
        values.addAll(FORMATS);
        values.addAll(NUMBERS);
        values.addAll(TIMES);
        values.addAll(OTHERS);
        values.addAll(ARRAYS);
        values.addAll(NETWORKS);
        values.addAll(POINTS);
        values.addAll(NUMBERS_IN_TEXT);
        values.addAll(DOCUMENTS);
        for (int i = 0; i < RANDOM; i++) {
            values.add(string(random));
            values.add(string(random) + "@" + string(random) + ".com");
            values.add(string(random, FORMAT_ALPHABET, 40));
            values.add(digitGroups(random));
            values.add(Integer.toString(random.nextInt() >> random.nextInt(32)));
            values.add(Long.toString(random.nextLong() >> random.nextInt(64)));
            values.add(BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(20))
                    .toPlainString());
            values.add(Double.toString(Double.longBitsToDouble(random.nextLong())));
            values.add(Float.toString(random.nextFloat() * 1000));
            values.add(new UUID(random.nextLong(), random.nextLong()).toString());
            values.add("\\x" + toHex(string(random)));
            values.add(random.nextInt(256) + ".0.255." + random.nextInt(256) + "/" + random.nextInt(33));
            values.add(IntStream.range(0, 8)
                    .mapToObj(group -> Integer.toHexString(
                            random.nextBoolean() ? 0 : random.nextInt() >>> 16 + random.nextInt(16)))
                    .collect(Collectors.joining(":")));
            values.add(SampleDocuments.random(random));
            values.add(timestamp(random) + "+00");
            values.add(timestamp(random).substring(11));
        }
        return values;
    }

    private static String string(Random random) {
        return string(random, ALPHABET, 14);
    }

    private static String string(Random random, String from, int length) {
        int[] alphabet = from.codePoints().toArray();
        int[] points = IntStream.range(0, random.nextInt(length))
                .map(i -> alphabet[random.nextInt(alphabet.length)])
                .toArray();
        return new String(points, 0, points.length);
    }

    /** One row in some has a card's check digit by chance. */
    private static String digitGroups(Random random) {
        StringBuilder groups = new StringBuilder("no. ");
        for (int i = random.nextInt(9); i >= 0; i--) {
            int digits = random.nextInt(10) == 0 ? random.nextInt(24) : random.nextInt(5);
            groups.append(string(random, "0123456789", 1 + digits)).append(string(random, "  --.x", 3));
        }
        return groups.toString();
    }

    private static String timestamp(Random random) {
        LocalDateTime first = LocalDateTime.of(1, 1, 1, 0, 0, 1);
        return first.plusSeconds((long) (random.nextDouble() * 315_000_000_000L))
                .plusNanos(random.nextInt(1_000_000) * 1000L)
                .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS"));
    }

    private static String toHex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
