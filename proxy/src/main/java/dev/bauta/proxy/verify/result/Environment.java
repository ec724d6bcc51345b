package dev.bauta.proxy.verify.result;

/**
 * What was verified and how. Immutable.
 *
 * @param server the server's host and port
 * @param serverVersion PostgreSQL's version as the server tells it
 * @param database the database
 * @param user the database user through whose eyes was looked
 * @param role the role that the rules give that user
 * @param ruleFile the rule file
 * @param ruleVersion the rule file's version, see {@code RuleSet}
 * @param access how masked data was read
 * @param rows how many rows of each table were compared
 * @param bauta Bauta's own version
 */
public record Environment(
        String server,
        String serverVersion,
        String database,
        String user,
        String role,
        String ruleFile,
        String ruleVersion,
        String access,
        String rows,
        String bauta) {}
