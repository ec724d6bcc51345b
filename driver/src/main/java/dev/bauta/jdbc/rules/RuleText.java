package dev.bauta.jdbc.rules;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** The bytes of rules that are not in a file, held to the same limits as a file. */
final class RuleText {
    /** In bytes. */
    static final int LARGEST = 4 * 1024 * 1024;

    private RuleText() {}

    /** The text of UTF-8 bytes. @throws SQLException when there are more than {@link #LARGEST}, or they are not UTF-8 */
    static String decode(String name, byte[] bytes) throws SQLException {
        if (bytes.length > LARGEST) {
            throw RuleSource.unusable(name + " has more than " + LARGEST + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw RuleSource.unusable(name + " is not UTF-8");
        }
    }
}
