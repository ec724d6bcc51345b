package dev.bauta.jdbc.wrap;

import java.sql.Array;

/** An array of the application's own making, whose type stays what it was. */
final class TypedArray extends ForwardingArray<Array> {
    private final String type;

    TypedArray(Array own, Wraps wraps, String type) {
        super(own, wraps);
        this.type = type;
    }

    @Override
    public String getBaseTypeName() {
        return type;
    }

    /** The array as a literal, which is what the PostgreSQL driver sends. */
    @Override
    public String toString() {
        return String.valueOf(raw());
    }
}
