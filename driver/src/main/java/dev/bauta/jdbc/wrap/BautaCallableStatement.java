package dev.bauta.jdbc.wrap;

import java.sql.CallableStatement;

/** A callable statement. */
final class BautaCallableStatement extends ForwardingCallableStatement<CallableStatement> {
    BautaCallableStatement(CallableStatement raw, Wraps wraps, Prepared prepared) {
        super(raw, wraps, prepared);
    }
}
