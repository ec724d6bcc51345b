package dev.bauta.proxy.testing;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Held;
import dev.bauta.engine.HeldNames;
import dev.bauta.engine.Session;
import dev.bauta.engine.StatementFacts;
import dev.bauta.engine.Verdict;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.rulefile.Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session that decides as the test's {@link FakeSessions} say. */
final class FakeSession implements Session {
    private static final Held CURRENT = () -> true;

    private final FakeSessions fakes;
    private final Principal principal;
    private final HeldNames statements = new HeldNames(CURRENT);
    private final HeldNames portals = new HeldNames(CURRENT);

    FakeSession(FakeSessions fakes, Principal principal) {
        this.fakes = fakes;
        this.principal = principal;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public Role role() {
        return new Role("fake", isRaw() ? Access.RAW : Access.MASKED);
    }

    @Override
    public boolean isRaw() {
        return fakes.isRaw(principal);
    }

    @Override
    public void setSearchPath(List<String> effectiveSchemas) {
        fakes.searchPaths.add(effectiveSchemas);
    }

    @Override
    public boolean doubtsSearchPath() {
        return false;
    }

    @Override
    public Held decided() {
        return CURRENT;
    }

    @Override
    public List<StatementFacts> facts() {
        return List.of();
    }

    @Override
    public HeldNames statements() {
        return statements;
    }

    @Override
    public HeldNames portals() {
        return portals;
    }

    @Override
    public void endTransaction() {
        portals.endTransaction();
    }

    @Override
    public @Nullable Refusal reviewRole() {
        return null;
    }

    @Override
    public @Nullable Refusal onParameterStatus(String name, String value) {
        fakes.parameters.put(name, value);
        boolean refused = name.equals("client_encoding") && !value.equals("UTF8");
        return refused ? new Refusal(RefusalCode.ENCODING, "only UTF8", "set client_encoding to UTF8", -1) : null;
    }

    @Override
    public Decision decide(String text, List<Integer> parameterTypes) {
        return fakes.decide(text);
    }

    @Override
    public Decision decideFeature(String feature) {
        return new Decision.Refuse(new Refusal(RefusalCode.PROTOCOL_FEATURE, feature + " refused", "use SQL", -1));
    }

    @Override
    public ErrorDisclosure errorDisclosure() {
        return ErrorDisclosure.OWN_TEXT;
    }

    @Override
    public Verdict guard(int relation, int column) {
        return fakes.guard(relation, column);
    }

    @Override
    public Optional<Relation> findWithheld(QualifiedName relation) {
        return Optional.empty();
    }

    @Override
    public @Nullable Refusal reviewStartup(Map<String, String> parameters) {
        return parameters.containsKey("options")
                ? new Refusal(RefusalCode.SETTING, "options refused", "leave them out", -1)
                : null;
    }

    @Override
    public Map<String, String> startupSettings() {
        return isRaw() ? Map.of() : Map.of("bauta.k1", "0123456789abcdef");
    }

    @Override
    public boolean changedCatalog() {
        return false;
    }
}
