package dev.bauta.mask;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds masks from what the rule file says. */
public final class Masks {
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        add("null", List.of(), (parameters, keys) -> new NullMask());
        add("constant", ConstantMask.PARAMETERS, (parameters, keys) -> ConstantMask.parse(parameters));
        add("redact", List.of(), (parameters, keys) -> new RedactMask());
        add("partial", PartialMask.PARAMETERS, (parameters, keys) -> PartialMask.parse(parameters));
        add("email", EmailMask.PARAMETERS, (parameters, keys) -> EmailMask.parse(parameters));
        add("hash", HashMask.PARAMETERS, HashMask::parse);
        add("round", StepMask.PARAMETERS, (p, keys) -> StepMask.parse("round", Rounding.NEAREST, p));
        add("truncate", StepMask.PARAMETERS, (p, keys) -> StepMask.parse("truncate", Rounding.DOWN, p));
        add("bucket", BucketMask.PARAMETERS, (parameters, keys) -> BucketMask.parse(parameters));
        add("range", RangeMask.PARAMETERS, (parameters, keys) -> RangeMask.parse(parameters));
        add("network", NetworkMask.PARAMETERS, (parameters, keys) -> NetworkMask.parse(parameters));
        add("geo", StepMask.GRID_PARAMETERS, (parameters, keys) -> StepMask.parseGrid(parameters));
        add("shift", ShiftMask.PARAMETERS, ShiftMask::parse);
        add("noise", NoiseMask.PARAMETERS, NoiseMask::parse);
        add("randomize", RandomizeMask.PARAMETERS, RandomizeMask::parse);
        add("phone", FormatMask.PHONE, (parameters, keys) -> FormatMask.phone(parameters));
        add("card", FormatMask.CARD, (parameters, keys) -> FormatMask.card(parameters));
        add("iban", FormatMask.IBAN, (parameters, keys) -> FormatMask.iban(parameters));
        add("zip3", ZipMask.PARAMETERS, (parameters, keys) -> ZipMask.parse(parameters));
        add("regex", RegexMask.PARAMETERS, (parameters, keys) -> RegexMask.parse(parameters));
        add("text", TextMask.PARAMETERS, (parameters, keys) -> TextMask.parse(parameters));
        add("token", TokenMask.PARAMETERS, TokenMask::parse);
        add("pseudonym", PseudonymMask.PARAMETERS, PseudonymMask::parse);
        add("uuid", UuidMask.PARAMETERS, UuidMask::parse);
        add("fake", FakeMask.PARAMETERS, FakeMask::parse);
        add("each", EachMask.PARAMETERS, EachMask::parse);
        add("json", JsonMask.PARAMETERS, JsonMask::parse);
        add(ExpressionMask.NAME, ExpressionMask.PARAMETERS, (parameters, keys) -> ExpressionMask.parse(parameters));
    }

    private Masks() {}

    /** The mask that shows nothing: NULL of the column's type, for every type. */
    public static Mask suppression() {
        return new NullMask();
    }

    /** The mask for text of which nothing is known. */
    public static Mask redaction() {
        return new RedactMask();
    }

    /** Builds one kind of mask. */
    private interface Factory {
        Mask build(Parameters parameters, KeyRing keys) throws MaskParameterException;
    }

    private record Kind(List<String> parameters, Factory factory) {}

    private static void add(String name, List<String> parameters, Factory factory) {
        KINDS.put(name, new Kind(parameters, factory));
    }

    /** The names of all masks, in the order of the documentation. */
    public static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /** The names of a mask's parameters, in the order of the documentation. */
    static List<String> parameters(String name) throws MaskParameterException {
        return kind(name).parameters();
    }

    /**
     * Builds a mask.
     *
     * @param name the mask's name, one of {@link #names}
     * @param parameters its parameters as Jackson reads them: String, Integer, Long, BigInteger, BigDecimal, Double, Boolean,
     *     List or Map, and null
     * @param keys where keyed masks find their keys; remembers the domains that they use
     * @throws MaskParameterException when there is no such mask, or a parameter is unknown, missing or out of its limits
     */
    public static Mask parse(String name, Map<String, Object> parameters, KeyRing keys) throws MaskParameterException {
        Kind kind = kind(name);
        return kind.factory().build(Parameters.of(name, parameters, kind.parameters()), keys);
    }

    private static Kind kind(String name) throws MaskParameterException {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new MaskParameterException(
                    null, "there is no mask '" + name + "'" + Parameters.suggestion(name, names()));
        }
        return kind;
    }
}
