package dev.bauta.proxy.discovery;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a name: {@code custFirstName}, {@code cust_first_name} and {@code CUST-FIRST-NAME} are cust, first, name. Lower case,
 * without accents and without digits, which only number things.
 */
final class NameTokens {
    private static final Pattern HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Pattern GAP = Pattern.compile("[^\\p{L}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private NameTokens() {}

    static List<String> of(String name) {
        List<String> tokens = new ArrayList<>();
        for (String part : GAP.split(HUMP.matcher(name).replaceAll("_"))) {
            if (!part.isEmpty()) {
                tokens.add(fold(part));
            }
        }
        return tokens;
    }

    /** Lower case without accents; ß is ss. */
    static String fold(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replace("ß", "ss");
        return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
    }
}
