package dev.bauta.engine;

import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;

/**
 * A statement's tokens without the values of its constants, as a string that is equal for two statements exactly when their
 * token streams are equal but for constants of the same kind. Constants cannot change which relations a statement names; the
 * functions whose arguments are names ({@code current_setting} and the like) are decided by the gate, before.
 */
final class StatementShape {
    private StatementShape() {}

    /** Kinds are told apart by their ordinals, which never leave the process. */
    @SuppressWarnings("EnumOrdinal")
    static String of(Tokens tokens, TokenRange statement) {
        int from = tokens.start(statement.from());
        StringBuilder shape =
                new StringBuilder(tokens.end(statement.to() - 1) - from + 2 * (statement.to() - statement.from()));
        for (int i = statement.from(); i < statement.to(); i++) {
            TokenKind kind = tokens.kind(i);
            String name = tokens.name(i);
            shape.append((char) ('A' + kind.ordinal()));
            if (name != null) {
                shape.append((char) name.length()).append(name);
            } else if (!kind.isConstant()) {
                int length = tokens.end(i) - tokens.start(i);
                shape.append((char) length).append(tokens.text(), tokens.start(i), tokens.end(i));
            }
        }
        return shape.toString();
    }
}
