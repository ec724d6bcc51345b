package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.catalog.ColumnType;
import dev.bauta.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final byte[] MASTER = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    /** RFC 5869, appendix A.3: no salt, no info; the first 32 of its 42 bytes are the key. */
    @Test
    void derivesDomainKeysAsHkdfDoes() throws Exception {
        byte[] inputKey = HexFormat.of().parseHex("0b".repeat(22));
        String expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(expected), "HmacSHA256"));
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        assertThat(DomainKey.derive(inputKey, "").hmac(message)).isEqualTo(mac.doFinal(message));
    }

    @Test
    void carriesTheKeysOfTheDomainsThatMasksUse() throws Exception {
        KeyRing keys = KeyRing.of(MASTER);
        assertThat(keys.sessionSettings()).isEmpty();
        Masks.parse("hash", Map.of(), keys);
        Masks.parse("hash", Map.of("domain", "customers"), keys);
        Masks.parse("hash", Map.of("domain", "customers", "length", 8), keys);
        assertThat(keys.sessionSettings())
                .containsOnlyKeys(
                        "bauta.inner_customers", "bauta.inner_default", "bauta.outer_customers", "bauta.outer_default");
        assertThat(keys.sessionSettings().values()).allMatch(key -> key.matches("[0-9a-f]{128}"));
        assertThat(keys.sessionSettings().values()).doesNotHaveDuplicates();
    }

    @Test
    void changesNoMoreOnceItIsSealed() throws Exception {
        KeyRing keys = KeyRing.of(MASTER);
        Masks.parse("hash", Map.of(), keys);
        KeyRing sealed = keys.sealed();
        Masks.parse("hash", Map.of("domain", "customers"), keys);
        assertThat(sealed.sessionSettings()).containsOnlyKeys("bauta.inner_default", "bauta.outer_default");
        assertThat(Masks.parse("hash", Map.of(), sealed)).isNotNull();
        assertThatThrownBy(() -> Masks.parse("hash", Map.of("domain", "other"), sealed))
                .isInstanceOf(MaskParameterException.class);
    }

    /** A startup message has room for 10,000 bytes. */
    @Test
    void holdsNoMoreDomainsThanAStartupMessageHasRoomFor() throws Exception {
        KeyRing keys = KeyRing.of(MASTER);
        String name = "a_23456789012345678901234567";
        for (int i = 0; i < KeyRing.MOST_DOMAINS; i++) {
            Masks.parse("hash", Map.of("domain", name + (100 + i)), keys);
        }
        int bytes = keys.sessionSettings().entrySet().stream()
                .mapToInt(setting ->
                        setting.getKey().length() + setting.getValue().length() + 2)
                .sum();
        assertThat(bytes).isLessThan(8000);
        assertThatThrownBy(() -> Masks.parse("hash", Map.of("domain", "one_more"), keys))
                .hasMessage("there are more than 20 key domains");
    }

    @Test
    void showsNoKey() throws Exception {
        KeyRing keys = KeyRing.of(MASTER);
        Mask hash = Masks.parse("hash", Map.of(), keys);
        assertThat(keys).hasToString("KeyRing[set]");
        assertThat(KeyRing.empty()).hasToString("KeyRing[empty]");
        assertThat(hash).hasToString("HashMask[digest=Digest[key=DomainKey[default]], length=64]");
    }

    @Test
    void keepsOldVersionsOfTheKey() throws Exception {
        byte[] second = "fedcba9876543210".getBytes(StandardCharsets.UTF_8);
        KeyRing before = KeyRing.of(MASTER);
        KeyRing after = KeyRing.of(Map.of("v1", MASTER, "v2", second), "v2");
        ColumnType text = PartTypes.TEXT;
        ValueMask old = (ValueMask) Masks.parse("hash", Map.of("domain", "people"), before);
        ValueMask kept = (ValueMask) Masks.parse("hash", Map.of("domain", "people@v1"), after);
        ValueMask current = (ValueMask) Masks.parse("hash", Map.of("domain", "people"), after);
        assertThat(kept.value("Maria", text)).isEqualTo(old.value("Maria", text));
        assertThat(current.value("Maria", text)).isNotEqualTo(old.value("Maria", text));
        assertThat(after.sessionSettings())
                .containsOnlyKeys(
                        "bauta.inner_people", "bauta.outer_people", "bauta.inner_people$v1", "bauta.outer_people$v1");
        assertThatThrownBy(() -> Masks.parse("hash", Map.of("domain", "people@v3"), after))
                .hasMessage("there is no key version 'v3' in the rule file");
    }

    @Test
    void tellsByACheckValueWhetherAKeyIsAnother() {
        KeyRing ring = KeyRing.of(MASTER);
        assertThat(ring.checkValue()).hasSize(32).isEqualTo(KeyRing.of(MASTER).checkValue());
        assertThat(KeyRing.of("fedcba9876543210".getBytes(StandardCharsets.UTF_8))
                        .checkValue())
                .isNotEqualTo(ring.checkValue());
        byte[] other = "fedcba9876543210".getBytes(StandardCharsets.UTF_8);
        assertThat(KeyRing.of(Map.of("a", MASTER, "b", other), "a").checkValue())
                .isNotEqualTo(KeyRing.of(Map.of("a", MASTER, "b", other), "b").checkValue());
        assertThat(KeyRing.empty().checkValue()).isEmpty();
    }

    /** On a server, with the settings that a session is given. */
    @Test
    void columnsOfOneDomainJoinAndOthersDoNot() throws Exception {
        KeyRing keys =
                KeyRing.of(Map.of("v1", MASTER, "v2", "fedcba9876543210".getBytes(StandardCharsets.UTF_8)), "v2");
        ColumnType text = PartTypes.TEXT;
        String people = Masks.parse("hash", Map.of("domain", "people"), keys).sql("a", text);
        String again = Masks.parse("hash", Map.of("domain", "people"), keys).sql("b", text);
        String old = Masks.parse("hash", Map.of("domain", "people@v1"), keys).sql("b", text);
        String other = Masks.parse("hash", Map.of("domain", "orders"), keys).sql("b", text);
        try (Connection connection = TestDatabase.create().connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : keys.sessionSettings().entrySet()) {
                statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
            String pairs = " FROM generate_series(1, 20) x, generate_series(1, 20) y,"
                    + " LATERAL (SELECT x::text AS a, y::text AS b) r WHERE ";
            try (ResultSet result = statement.executeQuery(
                    "SELECT (SELECT count(*)" + pairs + people + " = " + again + "), (SELECT count(*)" + pairs + people
                            + " = " + old + "), (SELECT count(*)" + pairs + people + " = " + other + ")")) {
                result.next();
                assertThat(List.of(result.getInt(1), result.getInt(2), result.getInt(3)))
                        .containsExactly(20, 0, 0);
            }
        }
    }

    @Test
    void refusesAShortMasterKey() {
        assertThatThrownBy(() -> KeyRing.of(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a master key has at least 16 bytes");
    }
}
