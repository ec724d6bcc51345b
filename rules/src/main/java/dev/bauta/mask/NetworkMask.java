package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code network}: an address becomes the network that it is in, with its prefix length. A string that is no address is masked
 * whole. Immutable.
 *
 * @param v4 how many bits of an IPv4 address are kept
 * @param v6 how many bits of an IPv6 address are kept
 */
record NetworkMask(int v4, int v6) implements ValueMask {
    static final List<String> PARAMETERS = List.of("v4", "v6");

    private static final String HIDDEN = "***";
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    /** An address, with or without a prefix length. */
    private static final String V4 = "^" + BYTE + "([.]" + BYTE + "){3}(/(3[0-2]|[12]?[0-9]))?$";
    /** Eight groups, or fewer of them around one {@code ::}, which the look-ahead counts. */
    private static final String V6 = "^(?=[^:]*(:[^:]*){2,7}$)(([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7})"
            + "|(([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4})*)?::([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4})*)?))"
            + "(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$";

    private static final Pattern ADDRESS = Pattern.compile(V4 + "|" + V6);

    static NetworkMask parse(Parameters parameters) throws MaskParameterException {
        return new NetworkMask(parameters.integer("v4", 24, 0, 31), parameters.integer("v6", 48, 0, 127));
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public boolean fits(ColumnType type) {
        return Text.fits(type) || type.is("inet") || type.is("cidr");
    }

    @Override
    public String sql(String column, ColumnType type) {
        if (!Text.fits(type)) {
            return Sql.cast(networkSql(column + "::pg_catalog.inet"), "cidr", type);
        }
        String text = Text.sql(column);
        String address =
                Sql.op(Sql.bytewise(text), "~", Sql.text(V4)) + " OR " + Sql.op(Sql.bytewise(text), "~", Sql.text(V6));
        String cases = "CASE WHEN " + address + " THEN " + networkSql(text + "::pg_catalog.inet")
                + "::pg_catalog.text WHEN " + column + " IS NOT NULL THEN " + Sql.text(HIDDEN) + " END";
        return Sql.cast(cases, "text", type);
    }

    /** An expression of type cidr. A network that is coarser already stays as coarse. */
    private String networkSql(String address) {
        String isV4 = Sql.op(Sql.call("family", address), "=", Sql.constant("int4", 4));
        String bits = "CASE WHEN " + isV4 + " THEN " + Sql.constant("int4", v4) + " ELSE " + Sql.constant("int4", v6)
                + " END";
        String kept = "LEAST(" + Sql.call("masklen", address) + ", " + bits + ")";
        return Sql.call("network", Sql.call("set_masklen", address, kept));
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        if (!Text.fits(type)) {
            return DriverValue.of(network(DriverValue.text(value)), type);
        }
        String text = Text.read(value, type);
        return Text.write(ADDRESS.matcher(text).matches() ? network(text) : HIDDEN, type);
    }

    private String network(String address) {
        Network network = Network.parse(address);
        return network.within(network.isV4() ? v4 : v6).text();
    }
}
