package dev.bauta.proxy.command;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.proxy.audit.AuditUnavailableException;
import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.serving.AdminAddressException;
import dev.bauta.rulefile.NamePattern;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Problem;
import java.net.BindException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can go wrong when a proxy starts, in the words and with the exit status of the command. */
final class Failures {
    private Failures() {}

    /**
     * Starts something.
     *
     * @param listen the address that is to be listened on
     * @param setting what chooses that address
     */
    static <T> T explain(Callable<T> start, Endpoint listen, String setting) throws Exception {
        try {
            return start.call();
        } catch (AdminAddressException e) {
            throw cannotListen(e.endpoint(), e, "'admin.listen'");
        } catch (BindException e) {
            throw cannotListen(listen, e, setting);
        } catch (CatalogUnavailableException e) {
            throw new CommandFailure(ExitStatus.UNREACHABLE, String.valueOf(e.getMessage()));
        } catch (UnusableFileException e) {
            throw new CommandFailure(ExitStatus.CONFIGURATION, e.getMessage());
        } catch (AuditUnavailableException e) {
            throw new CommandFailure(ExitStatus.CONFIGURATION, String.valueOf(e.getMessage()));
        } catch (InvalidFileException e) {
            throw toFailure(e);
        }
    }

    private static CommandFailure cannotListen(Endpoint listen, BindException e, String setting) {
        return new CommandFailure(
                ExitStatus.ADDRESS,
                "cannot listen on " + listen + ": " + e.getMessage() + "; choose another address with " + setting);
    }

    /** The server's, where what it would send is not in the client's encoding: character_not_in_repertoire. */
    private static final String NOT_UTF8 = "22021";

    /** The catalogs cannot be read, or the connection is lost. In words of ours: a message of the server could hold a value. */
    static CommandFailure unreadable(SQLException e) {
        String reason = NOT_UTF8.equals(e.getSQLState())
                ? "names or texts in it are not UTF-8, as they can be where the encoding is SQL_ASCII; Bauta needs a database in UTF8"
                : "SQLSTATE " + e.getSQLState();
        return new CommandFailure(ExitStatus.UNREACHABLE, "the database cannot be read: " + reason);
    }

    /** Ends a command whose pattern over schemas fits none. */
    static void requireSchema(NamePattern pattern, CatalogSnapshot catalog) throws CommandFailure {
        if (catalog.relations().stream()
                .noneMatch(relation -> pattern.matches(relation.name().schema()))) {
            throw new CommandFailure(ExitStatus.NOT_FOUND, "no schema with tables is called '" + pattern + "'");
        }
    }

    /** The role of that name; ends a command that names another one. */
    static Role requireRole(String name, RolePolicies policies) throws CommandFailure {
        return policies.findRole(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitStatus.NOT_FOUND,
                        "there is no role '" + name + "'; the rules have "
                                + policies.roles().stream().map(Role::name).collect(Collectors.joining(", "))));
    }

    /** What a message says first; the driver's go on with details that may hold data. */
    static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    /** A line for each problem of a file. */
    static CommandFailure toFailure(InvalidFileException e) {
        return new CommandFailure(
                ExitStatus.CONFIGURATION,
                e.problems().stream().map(Problem::toString).toList());
    }
}
