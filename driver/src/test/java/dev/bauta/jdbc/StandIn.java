package dev.bauta.jdbc;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import dev.bauta.lexer.*;
import dev.bauta.refusal.*;
import dev.bauta.rewrite.*;
import java.util.*;

final class StandIn extends DriverFixture.ChangedSession {
    private List<String> path = List.of();

    StandIn(Session s) {
        super(s);
    }

    @Override
    public void setSearchPath(List<String> p) {
        path = p;
        super.setSearchPath(p);
    }

    @Override
    public Decision decide(String text) {
        if (isRaw()) return super.decide(text);
        try {
            Tokens t = Lexer.lex(text, LexerSettings.JDBC);
            List<Edit> edits = new ArrayList<>();
            for (int i = 0; i < t.size(); i++) {
                if ("customers".equals(t.name(i))) {
                    if (!t.isWord(i - 1, "from"))
                        return new Decision.Refuse(
                                new Refusal(RefusalCode.PROTECTED_WRITE, "no write", "none", t.start(i)));
                    if (path.contains("other") && !path.contains("public"))
                        edits.add(Edit.replace(new TokenRange(i, i + 1), "other.customers"));
                    else
                        edits.add(Edit.replace(
                                new TokenRange(i, i + 1),
                                "(SELECT id, CASE WHEN email IS NOT NULL THEN '***'::text END AS email, city FROM public.customers)"
                                        + (t.isWord(i + 1, "c") ? "" : " AS customers")));
                }
            }
            if (edits.isEmpty()) return super.decide(text);
            RewrittenText r = RewrittenText.of(t, edits);
            return new Decision.Rewrite(r.text(), r.positions());
        } catch (LexicalException e) {
            return super.decide(text);
        }
    }
}
