package dev.bauta.proxy.discovery;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a single value looks like. Stateless; keeps no value. */
final class ValueKinds {
    private static final Pattern EMAIL = Pattern.compile(
            "[\\p{L}\\p{N}._%+'-]{1,64}@[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63})*\\.\\p{L}{2,24}");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)(/\\d{1,2})?");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]{3,39}(/\\d{1,3})?");
    private static final Pattern MAC = Pattern.compile("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}.*");
    private static final Pattern SOCIAL_SECURITY = Pattern.compile("\\d{3}-\\d{2}-\\d{4}");
    private static final Pattern NATIONAL_INSURANCE =
            Pattern.compile("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]");
    private static final Pattern PHONE =
            Pattern.compile("(\\+|\\(|0)[0-9 ()./-]{5,20}[0-9]|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}");
    private static final Pattern ADDRESS_SHAPE = Pattern.compile(
            "\\d{1,5}[a-zA-Z]?,? \\p{L}.{2,80}|\\p{L}[^\\d]{2,60},? \\d{1,4} ?[a-zA-Z]?([ ,/].{0,60})?");
    private static final Pattern NAME_SHAPE = Pattern.compile(
            "\\p{Lu}[\\p{L}'’.-]{0,30}(,? (\\p{Lu}[\\p{L}'’.-]{0,30}|de|da|di|von|van|del|la|le|der|den)){1,4}");
    private static final Pattern WORD = Pattern.compile("\\p{Lu}[\\p{L}'’-]{1,30}");
    private static final Pattern GAPS = Pattern.compile("[ .-]");
    private static final Pattern WORD_GAP = Pattern.compile("[ ,.]+");
    private static final Pattern EMAIL_INSIDE =
            Pattern.compile("[\\w.%+-]{1,64}@[\\w-]{1,63}(\\.[\\w-]{1,63})*\\.[A-Za-z]{2,24}");
    private static final Pattern PHONE_INSIDE =
            Pattern.compile("(?<![\\w+])\\+?\\d{1,3}[ (./-]{1,2}\\d{2,4}[ )./-]{1,2}\\d{3,4}[ ./-]?\\d{2,4}(?!\\w)");
    private static final int FREE_TEXT_LENGTH = 24;

    private ValueKinds() {}

    /** What a value looks like, beside what it is. */
    enum Shape {
        /** Two words or more that could be anybody's name, none of which is a known one. */
        NAME,
        /** A number or a name that looks like a house number and a street. */
        ADDRESS,
        /** A longer text in which an e-mail address or a telephone number stands. */
        TEXT_WITH_CONTACT,
        /** One of Germany's tax numbers or a number that happens to pass as one. */
        TAX_ID,
        /** A first or last name alone. */
        NAME_PART
    }

    /** The kind of personal data that the value is by itself. */
    static Optional<DataKind> kind(String value) {
        if (EMAIL.matcher(value).matches()) {
            return Optional.of(DataKind.EMAIL);
        }
        if (UUID.matcher(value).matches() || DATE.matcher(value).matches()) {
            return Optional.empty();
        }
        if (IPV4.matcher(value).matches() || IPV6.matcher(value).matches()) {
            return Optional.of(DataKind.NETWORK_ADDRESS);
        }
        if (MAC.matcher(value).matches()) {
            return Optional.of(DataKind.DEVICE);
        }
        Optional<DataKind> number = number(value);
        return number.isPresent() ? number : words(value);
    }

    private static Optional<DataKind> number(String value) {
        if (value.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        String compact = GAPS.matcher(value).replaceAll("");
        if (Checksums.isIban(compact)) {
            return Optional.of(DataKind.ACCOUNT);
        }
        if (Checksums.isNationalId(compact)
                || SOCIAL_SECURITY.matcher(value).matches()
                || NATIONAL_INSURANCE.matcher(value).matches()) {
            return Optional.of(DataKind.NATIONAL_ID);
        }
        if (Checksums.isCard(compact)) {
            return Optional.of(DataKind.CARD);
        }
        return PHONE.matcher(value).matches() && compact.length() >= 7 ? Optional.of(DataKind.PHONE) : Optional.empty();
    }

    private static Optional<DataKind> words(String value) {
        if (isStreet(value)) {
            return Optional.of(DataKind.ADDRESS);
        }
        if (WordLists.SHIPPED.cities().contains(NameTokens.fold(value))) {
            return Optional.of(DataKind.CITY);
        }
        return NAME_SHAPE.matcher(value).matches() && hasFirstName(value)
                ? Optional.of(DataKind.PERSON_NAME)
                : Optional.empty();
    }

    private static boolean isStreet(String value) {
        return ADDRESS_SHAPE.matcher(value).matches() && tokens(value).stream().anyMatch(ValueKinds::isStreetWord);
    }

    private static boolean isStreetWord(String word) {
        Set<String> streets = WordLists.SHIPPED.streets();
        return streets.contains(word) || word.endsWith("strasse") || word.endsWith("str") || word.endsWith("weg");
    }

    private static boolean hasFirstName(String value) {
        return tokens(value).stream().anyMatch(WordLists.SHIPPED.firstNames()::contains);
    }

    private static List<String> tokens(String value) {
        return Arrays.stream(WORD_GAP.split(value)).map(NameTokens::fold).toList();
    }

    /** What a value that is nothing by itself may be among others like it. */
    static Optional<Shape> shape(String value) {
        if (NAME_SHAPE.matcher(value).matches()) {
            return Optional.of(Shape.NAME);
        }
        if (WORD.matcher(value).matches() && isName(NameTokens.fold(value))) {
            return Optional.of(Shape.NAME_PART);
        }
        if (value.length() < 100
                && ADDRESS_SHAPE.matcher(value).matches()
                && !DATE.matcher(value).matches()) {
            return Optional.of(Shape.ADDRESS);
        }
        if (Checksums.isTaxId(GAPS.matcher(value).replaceAll(""))) {
            return Optional.of(Shape.TAX_ID);
        }
        boolean contact = value.length() >= FREE_TEXT_LENGTH
                && (EMAIL_INSIDE.matcher(value).find()
                        || PHONE_INSIDE.matcher(value).find());
        return contact ? Optional.of(Shape.TEXT_WITH_CONTACT) : Optional.empty();
    }

    private static boolean isName(String word) {
        return WordLists.SHIPPED.firstNames().contains(word)
                || WordLists.SHIPPED.lastNames().contains(word);
    }
}
