package dev.bauta.proxy.review;

import dev.bauta.catalog.QualifiedName;
import java.util.Set;

/**
 * A function or procedure of the database's own. Immutable.
 *
 * @param name its name
 * @param arguments the types of its arguments, as {@code pg_get_function_identity_arguments} gives them
 * @param ownersRights true for SECURITY DEFINER
 * @param words every word of its source that can be a name, those in its string constants included
 * @param relations oids of the relations that an SQL-standard body refers to, and of those of which it is a trigger's function
 */
record Routine(QualifiedName name, String arguments, boolean ownersRights, Set<String> words, Set<Integer> relations) {
    Routine {
        words = Set.copyOf(words);
        relations = Set.copyOf(relations);
    }

    @Override
    public String toString() {
        return name + "(" + arguments + ")";
    }
}
