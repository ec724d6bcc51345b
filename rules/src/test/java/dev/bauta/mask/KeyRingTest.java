package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
        assertThat(hash).hasToString("HashMask[key=DomainKey[default], length=64]");
    }

    @Test
    void refusesAShortMasterKey() {
        assertThatThrownBy(() -> KeyRing.of(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a master key has at least 16 bytes");
    }
}
