package dev.bauta.rewrite;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Lets masked sessions drop their temporary tables and nothing else: each name is put into {@code pg_temp}. */
public final class DropTableRewriter {
    private DropTableRewriter() {}

    /** The edits for a list of names. */
    public static List<Edit> rewrite(Tokens tokens, TokenRange names) throws RefusedException {
        List<Edit> edits = new ArrayList<>();
        for (int i = names.from(); i < names.to(); i += 2) {
            boolean qualified = tokens.isWord(i, "pg_temp") && tokens.is(i + 1, ".");
            int name = qualified ? i + 2 : i;
            boolean last = name + 1 == names.to();
            if (!tokens.isIdentifier(name) || !(last || tokens.is(name + 1, ","))) {
                throw new RefusedException(
                        RefusalCode.STATEMENT_KIND,
                        "DROP TABLE is allowed to a masked role for its temporary tables only",
                        "Name the temporary tables without a schema.",
                        i);
            }
            if (!qualified) {
                edits.add(Edit.replace(new TokenRange(name, name + 1), "pg_temp." + tokens.source(name)));
            }
            i = name;
        }
        return edits;
    }
}
