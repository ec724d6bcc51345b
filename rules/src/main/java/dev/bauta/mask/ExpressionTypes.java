package dev.bauta.mask;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.lexer.TokenCursor;
import dev.bauta.lexer.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the types in an expression, and writes them with their schema. Used for one expression. */
final class ExpressionTypes {
    private final TokenCursor cursor;
    private final ExpressionNames names;

    ExpressionTypes(TokenCursor cursor, ExpressionNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    /** A type's name, with its schema or one of the common ones, its length, and whether it is an array. */
    String type() throws ExpressionException {
        if (cursor.isBefore(".")) {
            String schema = names.unreserved();
            cursor.accept(".");
            QualifiedName type = new QualifiedName(schema, names.any());
            names.addCaller(type);
            return type.sql() + brackets();
        }
        String name = words();
        String typname = TypeNames.find(name);
        if (typname == null) {
            throw new ExpressionException(
                    "it names a type '" + name + "', which is none of the common ones; write its schema");
        }
        String length = length();
        return "pg_catalog."
                + (length.isEmpty() ? TypeNames.withoutLength(name, typname) : typname + length)
                + brackets();
    }

    /** {@code date} of {@code date '2001-01-01'}: null where no such text begins. */
    @Nullable
    String ofText() {
        String typname = cursor.isBefore(TokenKind.STRING) ? TypeNames.find(String.valueOf(cursor.name())) : null;
        if (typname == null) {
            return null;
        }
        cursor.take();
        return "pg_catalog." + typname;
    }

    private String words() throws ExpressionException {
        if (cursor.kind() != TokenKind.WORD) {
            throw ExpressionException.at(cursor);
        }
        String first = names.any();
        String second = first + " " + cursor.name();
        boolean both = cursor.is("precision") || cursor.is("varying");
        if (both && TypeNames.find(second) != null) {
            cursor.take();
            return second;
        }
        return first;
    }

    private String length() throws ExpressionException {
        if (!cursor.accept("(")) {
            return "";
        }
        List<String> numbers = new ArrayList<>();
        do {
            if (cursor.kind() != TokenKind.INTEGER) {
                throw ExpressionException.at(cursor);
            }
            numbers.add(cursor.take());
        } while (cursor.accept(","));
        ExpressionException.expect(cursor, ")");
        return "(" + String.join(",", numbers) + ")";
    }

    private String brackets() {
        if (!cursor.is("[") || !cursor.isBefore("]")) {
            return "";
        }
        cursor.take();
        cursor.take();
        return "[]";
    }
}
