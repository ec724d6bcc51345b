package dev.bauta.proxy.verify;

import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.connect.Target;
import dev.bauta.proxy.verify.data.RelationVerifier.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to verify. Immutable.
 *
 * @param target the database
 * @param rules the rule file
 * @param user the masked user through whose eyes to look
 * @param login that user's login; without one the target's owner, a superuser, takes that user's place
 * @param tables the tables, all where there is no pattern
 * @param clear true to look at tables without protected columns as well
 * @param limits how much to look at
 * @param attacks true to run the self-test as well
 */
public record Request(
        Target target,
        Path rules,
        String user,
        Optional<Login> login,
        List<TablePattern> tables,
        boolean clear,
        Limits limits,
        boolean attacks) {
    public Request {
        tables = List.copyOf(tables);
    }
}
