package dev.bauta.parser;

import dev.bauta.parser.OutputColumn.Origin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names of columns mean in one SELECT or change, for the {@link OutputReader}: its sources, and what functions in FROM are made of. */
final class OutputScope {
    private final @Nullable OutputScope outer;
    private final List<Source> sources = new ArrayList<>();
    private final List<Origin> functions = new ArrayList<>();
    private boolean hasFunctions;

    OutputScope(@Nullable OutputScope outer) {
        this.outer = outer;
    }

    void add(Source source) {
        sources.add(source);
    }

    /** Adds a function in FROM, whose columns have names that are not known. */
    void addFunction(List<Origin> arguments) {
        hasFunctions = true;
        functions.addAll(arguments);
    }

    /** The sources, those of one name where a name is given. */
    List<Source> sources(@Nullable String name) {
        return sources.stream()
                .filter(source -> name == null || name.equals(source.name()))
                .toList();
    }

    boolean hasFunctions() {
        return hasFunctions;
    }

    /** What the functions in FROM are made of. */
    List<Origin> functions() {
        return List.copyOf(functions);
    }

    /** The sources that the name of a column belongs to; several where USING or NATURAL merges their columns. */
    private List<Source> named(List<String> parts) {
        String column = parts.get(parts.size() - 1);
        String qualifier = parts.size() == 1 ? null : parts.get(parts.size() - 2);
        return sources.stream()
                .filter(source -> qualifier == null ? source.has(column) : qualifier.equals(source.name()))
                .toList();
    }

    /** True for the column of one source that does not compute it. */
    boolean copies(List<String> parts) {
        String name = parts.get(parts.size() - 1);
        for (OutputScope scope = this; scope != null; scope = scope.outer) {
            List<Source> named = scope.named(parts);
            if (!named.isEmpty()) {
                List<OutputColumn> columns = named.get(0).columns();
                return columns == null
                        || columns.stream().anyMatch(each -> each.name().equals(name) && each.copied());
            }
        }
        return false;
    }

    /** The columns that a possibly qualified name means. */
    List<Origin> find(List<String> parts) {
        String name = parts.get(parts.size() - 1);
        for (OutputScope scope = this; scope != null; scope = scope.outer) {
            List<Source> named = scope.named(parts);
            if (!named.isEmpty()) {
                return named.stream()
                        .flatMap(source -> source.find(name).stream())
                        .toList();
            }
        }
        return unnamed(name);
    }

    /** A name that no source with known columns has: a whole row, a column of an unknown relation, of a function, of a named join. */
    private List<Origin> unnamed(String name) {
        Set<Origin> found = new LinkedHashSet<>(row(name));
        for (OutputScope scope = this; scope != null && found.isEmpty(); scope = scope.outer) {
            found.addAll(scope.functions);
            for (Source source : scope.sources) {
                if (source.columns() == null || source.has(name)) {
                    found.addAll(source.find(name));
                }
            }
        }
        return List.copyOf(found);
    }

    /** All columns of the source of that name. */
    List<Origin> row(String source) {
        for (OutputScope scope = this; scope != null; scope = scope.outer) {
            for (Source each : scope.sources) {
                if (source.equals(each.name())) {
                    return each.all();
                }
            }
        }
        return List.of();
    }

    /** Something in a FROM clause: its name there, and its columns; null where these are not known but for the relation. */
    record Source(@Nullable String name, @Nullable List<OutputColumn> columns, List<String> relation) {
        List<Origin> find(String column) {
            if (columns == null) {
                return List.of(new Origin(relation, column));
            }
            return columns.stream()
                    .filter(each -> each.name().equals(column))
                    .flatMap(each -> each.origins().stream())
                    .toList();
        }

        boolean has(String column) {
            return columns != null
                    && columns.stream().anyMatch(each -> each.name().equals(column));
        }

        List<Origin> all() {
            return columns == null
                    ? List.of(new Origin(relation, "*"))
                    : columns.stream().flatMap(each -> each.origins().stream()).toList();
        }
    }
}
