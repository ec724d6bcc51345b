package dev.bauta.mask;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * A list of names of one kind and language, for {@code fake} to choose from. Immutable.
 *
 * @param entries 1 to 128 of them, all with letters, digits, blanks and {@code . ' & -} only, so that they stand unquoted in an array
 *     constant
 */
record Dictionary(List<String> entries) {
    /** The languages that there are dictionaries of. */
    static final List<String> LANGUAGES = List.of("en", "de", "fr", "it", "es");

    /** Reads the list of that name from a language's resource, in which a list is a line {@code name: entry,entry…}. */
    static Dictionary of(String language, String list) {
        String resource = "fake/" + language + ".txt";
        try (InputStream stream = Dictionary.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("there is no resource " + resource);
            }
            String start = list + ": ";
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(start))
                    .map(line -> new Dictionary(
                            List.of(line.substring(start.length()).split(","))))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries as they stand in an address: lower-case letters from a to z alone. */
    Dictionary plain() {
        return new Dictionary(entries.stream().map(Dictionary::plain).toList());
    }

    private static String plain(String entry) {
        String decomposed = Normalizer.normalize(entry.replace("ß", "ss"), Normalizer.Form.NFD);
        return decomposed.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** The entry that a byte of a digest chooses. */
    String choose(byte[] digest, int index) {
        return entries.get(Byte.toUnsignedInt(digest[index]) % entries.size());
    }

    /** The same in SQL: an element of an array constant. */
    String chooseSql(String digest, int index) {
        String chosen = Sql.call("get_byte", digest, Sql.constant("int4", index));
        String remainder = Sql.op(chosen, "%", Sql.constant("int4", entries.size()));
        String array = Sql.constant("text[]", "{" + String.join(",", entries) + "}");
        return "(" + array + ")[" + Sql.op(remainder, "+", Sql.constant("int4", 1)) + "]";
    }
}
