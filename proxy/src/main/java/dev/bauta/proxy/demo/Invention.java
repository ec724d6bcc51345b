package dev.bauta.proxy.demo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * Invents people and what belongs to them: the same ones for the same seed. Names and streets are drawn from pools, because
 * asking Datafaker for each of tens of thousands would take seconds. Numbers of people are of kinds that are never issued:
 * telephone numbers of the exchange 555, social security numbers from 900 up. Not thread-safe.
 */
final class Invention {
    private final Random random;
    private final List<String> firstNames;
    private final List<String> lastNames;
    private final List<String> streets;
    private final List<String> cities;
    private final List<String> productNames;

    Invention(long seed) {
        random = new Random(seed);
        Faker faker = new Faker(Locale.ENGLISH, new Random(seed));
        firstNames = pool(800, () -> faker.name().firstName());
        lastNames = pool(800, () -> faker.name().lastName());
        streets = pool(800, () -> faker.address().streetAddress());
        cities = pool(150, () -> faker.address().city());
        productNames = pool(400, () -> faker.commerce().productName());
    }

    private static List<String> pool(int draws, Supplier<String> source) {
        return Stream.generate(source).limit(draws).distinct().toList();
    }

    /** One of these, each as likely as the others. */
    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Some of these, in their order. */
    List<String> someOf(String... choices) {
        return Stream.of(choices).filter(choice -> random.nextInt(4) == 0).toList();
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /** True {@code percent} times of a hundred. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String fullName() {
        return pick(firstNames) + " " + pick(lastNames);
    }

    /** An address for that person that nobody else has, at a domain reserved for examples. */
    String email(String fullName, int id) {
        String local =
                fullName.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", "").replace(' ', '.');
        return local + id + "@" + oneOf("example.com", "example.org", "example.net");
    }

    String phone() {
        return "+1 %03d 555 %04d".formatted(between(201, 989), between(0, 9999));
    }

    String socialSecurityNumber(int id) {
        return "%03d-%02d-%04d".formatted(900 + id / 1000 % 100, between(10, 99), id % 1000 * 10 + between(0, 9));
    }

    /** Sixteen digits with a right check digit. */
    String cardNumber() {
        String digits = "4000%011d".formatted(Math.floorMod(random.nextLong(), 100_000_000_000L));
        return digits + luhn(digits);
    }

    private static int luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int doubled = (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 2 : 1);
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return (10 - sum % 10) % 10;
    }

    /** An international bank account number with right check digits. */
    String bankAccount() {
        String account = "%018d".formatted(Math.floorMod(random.nextLong(), 1_000_000_000_000_000_000L));
        int remainder =
                new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).intValue();
        return "DE%02d%s".formatted(98 - remainder, account);
    }

    String street() {
        return pick(streets);
    }

    String city() {
        return pick(cities);
    }

    String productName() {
        return pick(productNames);
    }

    UUID uuid() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63);
    }

    String ipAddress() {
        return oneOf("192.0.2.", "198.51.100.", "203.0.113.") + between(1, 254);
    }

    /** Never the first of a month, so that a date cut to its month or year is nobody's date of birth. */
    LocalDate birthDate(int firstYear, int lastYear) {
        return LocalDate.of(between(firstYear, lastYear), between(1, 12), between(2, 28));
    }

    LocalDate date(LocalDate from, LocalDate to) {
        return from.plusDays(random.nextInt((int) ChronoUnit.DAYS.between(from, to)));
    }

    /** A moment of that day in UTC, as PostgreSQL reads it. */
    String timeOf(LocalDate day) {
        LocalDateTime moment = day.atTime(between(7, 20), between(0, 59), between(0, 59));
        return moment.toLocalDate() + " " + moment.toLocalTime() + "+00";
    }

    /** Two decimals, never a whole hundred, so that a rounded amount is nobody's own. */
    BigDecimal amount(int low, int high) {
        return BigDecimal.valueOf(between(low, high) / 100 * 10_000L + between(1, 9_999), 2);
    }

    private String pick(List<String> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
