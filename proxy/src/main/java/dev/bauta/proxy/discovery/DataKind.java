package dev.bauta.proxy.discovery;

import static dev.bauta.proxy.discovery.TypeFamily.BYTES;
import static dev.bauta.proxy.discovery.TypeFamily.DATE;
import static dev.bauta.proxy.discovery.TypeFamily.DOCUMENT;
import static dev.bauta.proxy.discovery.TypeFamily.NETWORK;
import static dev.bauta.proxy.discovery.TypeFamily.NUMBER;
import static dev.bauta.proxy.discovery.TypeFamily.TEXT;
import static dev.bauta.proxy.discovery.TypeFamily.TEXT_ARRAY;
import static dev.bauta.proxy.discovery.TypeFamily.WHOLE_NUMBER;

import java.util.Set;

/** Kinds of personal data. Where two are as likely, the earlier one is taken. */
public enum DataKind {
    EMAIL("pii.email", "e-mail addresses", Set.of(TEXT, TEXT_ARRAY)),
    CARD("payment.card", "payment card numbers", Set.of(TEXT, TEXT_ARRAY, WHOLE_NUMBER, NUMBER)),
    CARD_CODE("payment.card_code", "card verification codes", Set.of(TEXT, WHOLE_NUMBER, NUMBER)),
    ACCOUNT("payment.account", "bank account numbers", Set.of(TEXT, TEXT_ARRAY, WHOLE_NUMBER, NUMBER)),
    NATIONAL_ID("pii.national_id", "national identification numbers", Set.of(TEXT, TEXT_ARRAY, WHOLE_NUMBER, NUMBER)),
    IDENTITY_DOCUMENT("pii.identity_document", "numbers of identity documents", Set.of(TEXT, WHOLE_NUMBER, NUMBER)),
    PHONE("pii.phone", "telephone numbers", Set.of(TEXT, TEXT_ARRAY, WHOLE_NUMBER, NUMBER)),
    PERSON_NAME("pii.name", "names of people", Set.of(TEXT, TEXT_ARRAY)),
    USER_NAME("pii.user_name", "user names", Set.of(TEXT)),
    BIRTH_DATE("pii.birth_date", "dates of birth", Set.of(DATE, TEXT)),
    AGE("pii.age", "ages", Set.of(WHOLE_NUMBER, NUMBER)),
    ADDRESS("pii.address", "postal addresses", Set.of(TEXT, TEXT_ARRAY, DOCUMENT)),
    POSTCODE("pii.postcode", "postal codes", Set.of(TEXT, WHOLE_NUMBER)),
    CITY("pii.city", "cities", Set.of(TEXT)),
    COORDINATE("pii.location", "coordinates", Set.of(NUMBER, TEXT)),
    NETWORK_ADDRESS("pii.network_address", "network addresses", Set.of(NETWORK, TEXT, TEXT_ARRAY)),
    DEVICE("pii.device", "identifiers of devices", Set.of(TEXT, NETWORK)),
    VEHICLE("pii.vehicle", "vehicle registrations", Set.of(TEXT)),
    CREDENTIAL("secret.credential", "passwords and secrets", Set.of(TEXT, BYTES)),
    INCOME("pii.income", "incomes", Set.of(NUMBER, WHOLE_NUMBER)),
    HEALTH("special.health", "health data", Set.of(TEXT, TEXT_ARRAY, DOCUMENT)),
    BELIEF("special.belief", "beliefs, origin or orientation", Set.of(TEXT, TEXT_ARRAY)),
    BIOMETRIC("special.biometric", "biometric data", Set.of(BYTES, TEXT, DOCUMENT)),
    GENDER("pii.gender", "gender", Set.of(TEXT, WHOLE_NUMBER, NUMBER)),
    RECORD("pii.record", "documents about people", Set.of(DOCUMENT)),
    FREE_TEXT("pii.free_text", "free text about people", Set.of(TEXT, TEXT_ARRAY));

    private final String tag;
    private final String plural;
    /** Made by {@code Set.of}, which nothing can change. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<TypeFamily> families;

    DataKind(String tag, String plural, Set<TypeFamily> families) {
        this.tag = tag;
        this.plural = plural;
        this.families = families;
    }

    /** The tag for rules. */
    public String tag() {
        return tag;
    }

    /** What the values are, in the plural. */
    public String plural() {
        return plural;
    }

    /** True when a column of the family can hold the kind. */
    boolean canBe(TypeFamily family) {
        return families.contains(family);
    }
}
