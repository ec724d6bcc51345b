package dev.bauta.proxy.verify.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.mask.KeyRing;
import dev.bauta.mask.Mask;
import dev.bauta.mask.Masks;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that a mask leaves as it is has not been shown where the mask takes others to it. */
class NeighboursTest {
    private static final ColumnType TEXT =
            new ColumnType(25, new QualifiedName("pg_catalog", "text"), -1, "pg_catalog.text", 'S', 'b', Set.of());

    private static final Column COLUMN =
            new Column(1, "address", TEXT, false, Set.of(), false, false, null, false, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.0/24", "10.16.0.0/20", "0.0.0.0/0", "2001:db8::/48", "2001:db8::/32"})
    void aNetworkIsTheMaskOfItsHosts(String network) throws Exception {
        Mask mask = Masks.parse("network", Map.of(), KeyRing.empty());
        ComparedColumn column = new ComparedColumn(COLUMN, mask, "rules.yaml:1:1");
        assertThat(column.expected(network)).isEqualTo(network);
        assertThat(ColumnTally.isBare(column, network)).isFalse();
    }
}
