package dev.bauta.proxy.verify.attack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Made-up people whose data nobody else has: where a value of theirs turns up, it came from the protected columns. Drawn anew in
 * each run. Immutable.
 *
 * @param people the rows of the scratch table
 */
record Canaries(List<Person> people) {
    private static final int COUNT = 24;
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz";

    Canaries {
        people = List.copyOf(people);
    }

    /**
     * One row; each value but the number is protected.
     *
     * @param id the row's number, from 1
     * @param born not the first of January, to which its mask goes
     * @param balance 12 digits of which the last three are not 000, which its mask takes away
     */
    record Person(
            int id,
            String name,
            String email,
            String code,
            String secret,
            LocalDate born,
            long balance,
            String note,
            String tag) {}

    /**
     * Draws values.
     *
     * @param random one that nobody can foresee, or else the run is no proof
     */
    static Canaries draw(Random random) {
        List<Person> people = new ArrayList<>();
        for (int id = 1; id <= COUNT; id++) {
            people.add(new Person(
                    id,
                    word(random, 9) + " " + word(random, 11),
                    word(random, 14) + "@" + word(random, 10) + ".example",
                    digits(random, 16),
                    word(random, 24),
                    LocalDate.ofYearDay(1930 + random.nextInt(70), 2 + random.nextInt(364)),
                    100_000_000_000L + random.nextInt(89_999_999) * 10_000L + 123 + random.nextInt(9_000) % 800,
                    word(random, 18),
                    word(random, 15)));
        }
        return new Canaries(people);
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        random.ints(length, 0, LETTERS.length()).forEach(at -> word.append(LETTERS.charAt(at)));
        return word.toString();
    }

    private static String digits(Random random, int length) {
        StringBuilder digits = new StringBuilder();
        random.ints(length, 1, 10).forEach(digits::append);
        return digits.toString();
    }

    /** How many values there are to look for. */
    int count() {
        return people.size() * 9;
    }

    /** Every form in which a value could come back. */
    Scanner toScanner() {
        Scanner.Builder scanner = new Scanner.Builder();
        for (Person person : people) {
            String local = person.email().substring(0, person.email().indexOf('@'));
            String domain = person.email().substring(person.email().indexOf('@') + 1);
            for (String value : List.of(
                    person.name(),
                    local,
                    domain,
                    person.code(),
                    person.secret(),
                    Long.toString(person.balance()),
                    person.note(),
                    person.tag())) {
                addForms(scanner, value);
            }
            addForms(scanner, person.born().toString());
            scanner.add(
                    ByteBuffer.allocate(Long.BYTES).putLong(person.balance()).array());
        }
        return scanner.build();
    }

    /** As it is, backwards, in hexadecimal digits, and in Base64 wherever it starts within three bytes. */
    private static void addForms(Scanner.Builder scanner, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        scanner.add(bytes);
        scanner.add(new StringBuilder(value).reverse().toString().getBytes(StandardCharsets.UTF_8));
        scanner.add(HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[bytes.length + offset];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The characters at both ends depend on what stands beside the value.
            int start = offset == 0 ? 0 : offset + 1;
            int end = shifted.length % 3 == 0 ? base64.length() : base64.length() - 1;
            scanner.add(base64.substring(start, end).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Not the values. */
    @Override
    public String toString() {
        return "Canaries[" + people.size() + " people]";
    }
}
