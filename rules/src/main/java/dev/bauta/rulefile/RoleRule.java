package dev.bauta.rulefile;

import dev.bauta.yaml.Location;
import java.util.List;

/**
 * Who belongs to a role and what the role may see. Immutable.
 *
 * @param name the role's name in the rule file, which audit and messages use
 * @param users patterns over the database user
 * @param access what it may see
 * @param at where the rule stands
 */
public record RoleRule(String name, List<NamePattern> users, Access access, Location at) {
    public RoleRule {
        users = List.copyOf(users);
    }
}
