package dev.bauta.rewrite;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns {@code COPY relation [(columns)] TO STDOUT} of a protected relation into COPY of a masked query. */
public final class CopyRewriter {
    private CopyRewriter() {}

    /**
     * The edits.
     *
     * @param target the tokens of the relation's name and the column list
     */
    public static List<Edit> rewrite(Tokens tokens, TokenRange target, Policy policy, SearchPath searchPath)
            throws RefusedException {
        List<String> parts = new ArrayList<>();
        int i = target.from();
        parts.add(String.valueOf(tokens.name(i)));
        for (i++; tokens.is(i, ".") && tokens.isIdentifier(i + 1); i += 2) {
            parts.add(String.valueOf(tokens.name(i + 1)));
        }
        Optional<Relation> relation = new RelationResolver(policy, searchPath).resolve(parts, target.from());
        if (relation.isEmpty()) {
            return List.of();
        }
        Protection protection = policy.protection(relation.get());
        if (protection instanceof Protection.Refused refused) {
            throw QueryRewriter.notReadable(relation.get(), refused, target.from());
        }
        if (!(protection instanceof Masked masked)) {
            return List.of(Edit.replace(
                    new TokenRange(target.from(), i), relation.get().name().sql()));
        }
        if (tokens.isWord(target.from() - 1, "binary")) {
            throw new RefusedException(
                    RefusalCode.NOT_ANALYSABLE,
                    "COPY BINARY cannot be masked",
                    "Write the format at the end: COPY … TO STDOUT (FORMAT binary).",
                    target.from() - 1);
        }
        List<Column> columns = i < target.to()
                ? listed(tokens, new TokenRange(i + 1, target.to() - 1), relation.get())
                : relation.get().columns().stream()
                        .filter(column -> column.generatedFrom().isEmpty())
                        .toList();
        MaskedRelation.requireAllowed(relation.get(), masked, columns, target.from());
        boolean only = relation.get().kind() == RelationKind.TABLE;
        String select = MaskedRelation.select(relation.get(), masked, columns, List.of(), only);
        return List.of(new Edit(
                target.from(),
                target.to(),
                List.of(new Edit.Piece.Text("(" + select + MaskedRelation.tail(masked) + ")")),
                true));
    }

    private static List<Column> listed(Tokens tokens, TokenRange list, Relation relation) throws RefusedException {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = list.from(); i < list.to(); i += 2) {
            String name = tokens.name(i);
            Optional<Column> column = name == null ? Optional.empty() : relation.findColumn(name);
            if (column.isEmpty() || (i + 1 < list.to() && !tokens.is(i + 1, ","))) {
                throw new RefusedException(
                        RefusalCode.UNDEFINED_COLUMN,
                        "column " + (name == null ? "list" : SqlNames.quote(name)) + " of relation " + relation.name()
                                + " does not exist",
                        "Name columns of the relation.",
                        i);
            }
            if (!names.add(column.get().name())) {
                throw new RefusedException(
                        RefusalCode.NOT_ANALYSABLE,
                        "column " + SqlNames.quote(column.get().name()) + " is listed more than once",
                        "Name each column once.",
                        i);
            }
            columns.add(column.get());
        }
        return columns;
    }
}
