package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code fake}: an invented name, address or company for each value, the same for the same value of one domain: bytes of the keyed
 * digest choose from dictionaries. Immutable.
 *
 * @param digest the digest under the domain's key
 * @param kind what is invented
 * @param dictionaries what it is made of
 */
record FakeMask(Digest digest, Kind kind, List<Dictionary> dictionaries) implements ValueMask {
    static final List<String> PARAMETERS = List.of(Digest.DOMAIN, "kind", "locale");

    /** The bytes of the digest that choose; its first 60 bits make the number of user names. */
    private static final int FIRST = 16;

    private static final int LAST = 17;
    private static final long NUMBERS = 10_000;
    /** A domain that nobody can have (RFC 2606). */
    private static final String HOST = "@example.com";

    /** What can be invented: from one dictionary of the same name, or from those of first and last names. */
    enum Kind {
        FIRST_NAME,
        LAST_NAME,
        FULL_NAME(" ", false, ""),
        STREET,
        CITY,
        COMPANY,
        USER_NAME(".", true, ""),
        EMAIL(".", true, HOST);

        private final String between;
        private final boolean numbered;
        private final String end;

        Kind() {
            this("", false, "");
        }

        /**
         * @param between what stands between first and last name, empty where a single dictionary will do
         * @param numbered whether a number follows, and names are spelled as in an address
         * @param end what follows the number
         */
        Kind(String between, boolean numbered, String end) {
            this.between = between;
            this.numbered = numbered;
            this.end = end;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private List<Dictionary> dictionaries(String language) {
            if (between.isEmpty()) {
                return List.of(Dictionary.of(language, word()));
            }
            Dictionary first = Dictionary.of(language, FIRST_NAME.word());
            Dictionary last = Dictionary.of(language, LAST_NAME.word());
            return numbered ? List.of(first.plain(), last.plain()) : List.of(first, last);
        }
    }

    static FakeMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        String word = parameters.text("kind", "");
        Kind kind = Arrays.stream(Kind.values())
                .filter(candidate -> candidate.word().equals(word))
                .findFirst()
                .orElseThrow(() -> parameters.wrong(
                        "kind",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Kind.values())
                                                .map(Kind::word)
                                                .toList())));
        String language = parameters.text("locale", "en");
        if (!Dictionary.LANGUAGES.contains(language)) {
            throw parameters.wrong("locale", "must be one of " + String.join(", ", Dictionary.LANGUAGES));
        }
        return new FakeMask(Digest.parse(parameters, keys), kind, kind.dictionaries(language));
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type);
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return Digest.weakness(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String bytes = digest.sql(column, type);
        boolean several = dictionaries.size() > 1 || kind.numbered;
        return Sql.cast(several ? Sql.once(bytes, this::fakeSql) : fakeSql(bytes), "text", type);
    }

    private String fakeSql(String bytes) {
        String fake = dictionaries.get(0).chooseSql(bytes, FIRST);
        if (dictionaries.size() == 2) {
            String last = dictionaries.get(1).chooseSql(bytes, LAST);
            fake = Sql.op(Sql.op(fake, "||", Sql.untyped(kind.between)), "||", last);
        }
        if (kind.numbered) {
            String number = Sql.op(Digest.numberSql(bytes), "%", Sql.constant("int8", NUMBERS));
            fake = Sql.op(Sql.op(fake, "||", number + "::pg_catalog.text"), "||", Sql.untyped(kind.end));
        }
        return fake;
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        byte[] bytes = digest.of(value, type);
        String fake = dictionaries.get(0).choose(bytes, FIRST);
        if (dictionaries.size() == 2) {
            fake += kind.between + dictionaries.get(1).choose(bytes, LAST);
        }
        if (kind.numbered) {
            fake += Digest.number(digest.hex(value, type)) % NUMBERS + kind.end;
        }
        return Text.write(fake, type);
    }
}
