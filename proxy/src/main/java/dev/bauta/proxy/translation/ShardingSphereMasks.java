package dev.bauta.proxy.translation;

import dev.bauta.proxy.draft.DraftMask;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * ShardingSphere's mask algorithms with us, by its user manual. Where its masks keep a part of a value and ours do too, ours mask
 * values whole that are too short to have anything hidden.
 */
final class ShardingSphereMasks {
    /** The most that our {@code partial} keeps at an end. */
    private static final int MOST = 1000;

    private ShardingSphereMasks() {}

    /**
     * Translates an algorithm.
     *
     * @param type its {@code type}
     * @param properties its {@code props}
     */
    static Translation translate(String type, Map<String, String> properties) {
        Properties props = new Properties(properties);
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "MD5" -> Translation.to(DraftMask.of("hash", "length", 32));
            case "KEEP_FIRST_N_LAST_M" -> keepEnds(props.number("first-n"), props.number("last-m"), props);
            case "KEEP_FROM_X_TO_Y" -> keepRange(props.number("from-x"), props.number("to-y"), props);
            case "MASK_BEFORE_SPECIAL_CHARS" -> beforeSpecial(props);
            case "GENERIC_TABLE_RANDOM_REPLACE",
                    "TELEPHONE_RANDOM_REPLACE",
                    "LANDLINE_NUMBER_RANDOM_REPLACE",
                    "PERSONAL_IDENTITY_NUMBER_RANDOM_REPLACE",
                    "MILITARY_IDENTITY_NUMBER_RANDOM_REPLACE",
                    "UNIFIED_CREDIT_CODE_RANDOM_REPLACE" -> Translation.to(DraftMask.of("hash", "length", 16));
            case "MASK_FIRST_N_LAST_M", "MASK_FROM_X_TO_Y", "MASK_AFTER_SPECIAL_CHARS" ->
                Translation.none(type + " keeps whatever is beyond a place in the value, however much that is");
            case "" -> Translation.none("the algorithm has no type");
            default -> Translation.none("the algorithm's type " + type + " is not known");
        };
    }

    private static Translation keepEnds(OptionalInt first, OptionalInt last, Properties props) {
        if (first.isEmpty() || last.isEmpty()) {
            return Translation.none("'first-n' and 'last-m' must be whole numbers from 0 to " + MOST);
        }
        return Translation.to(partial(first.getAsInt(), last.getAsInt(), props));
    }

    /** Both ends count, from 0. */
    private static Translation keepRange(OptionalInt from, OptionalInt to, Properties props) {
        if (from.isEmpty() || to.isEmpty() || to.getAsInt() < from.getAsInt() || to.getAsInt() >= MOST) {
            return Translation.none("'from-x' and 'to-y' must be whole numbers from 0 to " + (MOST - 1) + ", in order");
        }
        if (from.getAsInt() > 0) {
            return Translation.none("KEEP_FROM_X_TO_Y keeps characters in the middle of the value");
        }
        return Translation.to(partial(to.getAsInt() + 1, 0, props));
    }

    private static DraftMask partial(int first, int last, Properties props) {
        DraftMask mask = DraftMask.of("partial");
        mask = first > 0 ? mask.with("first", first) : mask;
        mask = last > 0 ? mask.with("last", last) : mask;
        String character = props.text("replace-char");
        boolean usable = character.codePointCount(0, character.length()) == 1 && !character.equals("*");
        mask = usable ? mask.with("character", character) : mask;
        return mask.with("keepLength", true);
    }

    private static Translation beforeSpecial(Properties props) {
        return props.text("special-chars").equals("@")
                ? Translation.to(DraftMask.of("email", "first", 0).with("keepDomain", true))
                : Translation.none("MASK_BEFORE_SPECIAL_CHARS keeps whatever follows the characters");
    }

    private record Properties(Map<String, String> values) {
        String text(String key) {
            return values.getOrDefault(key, "");
        }

        OptionalInt number(String key) {
            String text = text(key);
            boolean whole = text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= MOST;
            return whole ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
        }
    }
}
