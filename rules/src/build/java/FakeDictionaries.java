import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.datafaker.Faker;

/**
 * Writes the dictionaries of the mask {@code fake}, one file for each locale, from the dictionaries of Datafaker (Apache License 2.0).
 * Not part of the build: the files are checked in, since a changed entry changes everybody's masked data. Run by hand, with
 * Datafaker 2.7.0 and what it needs on the class path: {@code java -cp … FakeDictionaries.java DIRECTORY}.
 */
final class FakeDictionaries {
    /** The most entries of a list. All of them stand in the SQL text of a mask. */
    private static final int ENTRIES = 128;

    private static final int DRAWS = 20_000;
    private static final int LONGEST = 32;
    /** What stands unquoted in an array constant. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}0-9][\\p{L}\\p{M}0-9 .'&-]*[\\p{L}\\p{M}0-9.]");

    private FakeDictionaries() {}

    public static void main(String[] arguments) throws IOException {
        for (String language : List.of("en", "de", "fr", "it", "es")) {
            Faker faker = new Faker(new Locale(language), new Random(1));
            StringBuilder file = new StringBuilder("# Selected from the dictionaries of Datafaker 2.7.0 for '" + language
                    + "', https://www.datafaker.net, Apache License 2.0.\n");
            append(file, "first_name", faker.name()::firstName);
            append(file, "last_name", faker.name()::lastName);
            append(file, "street", faker.address()::streetAddress);
            append(file, "city", faker.address()::city);
            append(file, "company", faker.company()::name);
            Files.writeString(Path.of(arguments[0], language + ".txt"), file);
        }
    }

    private static void append(StringBuilder file, String list, Supplier<String> draw) {
        TreeSet<String> entries = new TreeSet<>();
        for (int i = 0; i < DRAWS && entries.size() < ENTRIES; i++) {
            String entry = draw.get().strip();
            if (entry.length() <= LONGEST && PLAIN.matcher(entry).matches() && !entry.equalsIgnoreCase("null")) {
                entries.add(entry);
            }
        }
        file.append(list).append(": ").append(String.join(",", entries)).append('\n');
    }
}
