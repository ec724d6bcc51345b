package dev.bauta.proxy.discovery;

import dev.bauta.catalog.ColumnType;
import dev.bauta.proxy.draft.DraftMask;
import java.util.List;
import java.util.stream.Stream;

/** The mask to suggest for a kind of data: the first of its kind's that fits the type, else one that shows nothing. */
final class SuggestedMask {
    private static final DraftMask REDACT = DraftMask.of("redact");

    private SuggestedMask() {}

    static DraftMask of(DataKind kind, ColumnType type) {
        return Stream.concat(fitting(kind).stream(), Stream.of(REDACT))
                .filter(mask -> mask.fits(type))
                .findFirst()
                .orElse(DraftMask.NULL);
    }

    private static List<DraftMask> fitting(DataKind kind) {
        return switch (kind) {
            case EMAIL -> List.of(DraftMask.of("email"));
            case CARD -> List.of(DraftMask.of("partial", "last", 4).with("hide", 8));
            case ACCOUNT -> List.of(DraftMask.of("partial", "last", 4).with("hide", 8));
            case PHONE -> List.of(DraftMask.of("partial", "last", 2).with("hide", 5));
            case PERSON_NAME, USER_NAME ->
                List.of(DraftMask.of("partial", "first", 1).with("hide", 2));
            case BIRTH_DATE -> List.of(DraftMask.of("truncate", "unit", "year"));
            case AGE -> List.of(DraftMask.of("truncate", "step", 10));
            case POSTCODE -> List.of(DraftMask.of("partial", "first", 2).with("hide", 2));
            case COORDINATE -> List.of(DraftMask.of("round", "digits", 1));
            case INCOME -> List.of(DraftMask.of("round", "digits", -3));
            case CREDENTIAL, CARD_CODE, NETWORK_ADDRESS, BIOMETRIC -> List.of(DraftMask.NULL);
            case NATIONAL_ID,
                    IDENTITY_DOCUMENT,
                    ADDRESS,
                    CITY,
                    DEVICE,
                    VEHICLE,
                    HEALTH,
                    BELIEF,
                    GENDER,
                    RECORD,
                    FREE_TEXT -> List.of();
        };
    }
}
