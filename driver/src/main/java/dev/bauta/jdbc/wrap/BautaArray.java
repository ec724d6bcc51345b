package dev.bauta.jdbc.wrap;

import java.sql.Array;

/** An array value; its text form is PostgreSQL's array literal, as with the PostgreSQL driver. */
final class BautaArray extends ForwardingArray<Array> {
    BautaArray(Array raw, Wraps wraps) {
        super(raw, wraps);
    }

    @Override
    public String toString() {
        return String.valueOf(raw());
    }
}
