package dev.bauta.proxy.verify.attack;

import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.connect.Target;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends hostile statements through every door against a scratch schema full of canaries, under rules of its own that mask
 * everybody. So it tells whether Bauta holds on this server, not whether the rules are good. Not thread-safe.
 */
public final class SelfTest {
    private static final int KEY_BYTES = 32;

    private final Target target;
    private final Connections connections;
    private final Consumer<String> progress;

    /** @param progress is told what goes on */
    public SelfTest(Target target, Connections connections, Consumer<String> progress) {
        this.target = target;
        this.connections = connections;
        this.progress = progress;
    }

    /**
     * Runs all attacks; leaves nothing behind.
     *
     * @param masked the login that attacks; a user of its own is created where there is none
     */
    public List<Check> run(Optional<Login> masked) throws SQLException, IOException {
        progress.accept("self-test: creating the scratch schema");
        try (ScratchSchema scratch = ScratchSchema.create(target, connections, masked)) {
            Path directory = Files.createTempDirectory("bauta-verify-");
            try {
                return attack(scratch, writeRules(directory, scratch.name()));
            } finally {
                Files.deleteIfExists(directory.resolve("bauta.key"));
                Files.deleteIfExists(directory.resolve("rules.yaml"));
                Files.delete(directory);
            }
        }
    }

    private static Path writeRules(Path directory, String schema) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.writeString(
                directory.resolve("bauta.key"), "hex:" + HexFormat.of().formatHex(key));
        String rules = Attack.fill(Attack.resource("rules.yaml"), Map.of("s", schema));
        return Files.writeString(directory.resolve("rules.yaml"), rules);
    }

    private List<Check> attack(ScratchSchema scratch, Path rules) throws SQLException, IOException {
        Scanner scanner = scratch.canaries().toScanner();
        List<Attack> attacks = Attack.all(scratch.values());
        List<Check> checks = new ArrayList<>();
        progress.accept("self-test: %d attacks without Bauta".formatted(attacks.size()));
        checks.add(hostility(new Doors.DirectDoor(connections, target, scratch.login()), attacks, scanner));
        try (Doors doors = Doors.open(target, connections, rules, scratch.login(), scanner)) {
            for (Door door : doors.doors()) {
                progress.accept("self-test: %d attacks, %s".formatted(attacks.size(), door.name()));
                checks.addAll(attack(door, attacks, scanner));
            }
        } catch (InvalidFileException | CatalogUnavailableException e) {
            throw new IllegalStateException("the self-test's own rules or catalogs cannot be read", e);
        }
        if (!Doors.hasDriver()) {
            checks.add(Check.of(
                    Area.ATTACKS,
                    "driver",
                    "attacks",
                    Status.SKIPPED,
                    "Bauta's JDBC driver is not on the class path of this command"));
        }
        return checks;
    }

    /** Attacks that show nothing without Bauta prove nothing with it. */
    private Check hostility(Door direct, List<Attack> attacks, Scanner scanner) throws SQLException {
        int telling = 0;
        for (Attack attack : attacks) {
            Client.Answer answer = Client.send(direct, attack);
            boolean confirmed = attack.expected() == Attack.Expected.NONE && answer.rows() > 0;
            telling += confirmed || scanner.contains(answer.seen()) ? 1 : 0;
        }
        boolean most = telling * 2 > attacks.size();
        return Check.of(
                        Area.ATTACKS,
                        "all techniques",
                        direct.name(),
                        most ? Status.PASSED : Status.FAILED,
                        most
                                ? "the attacks work on a direct connection, so that they prove something"
                                : "the attacks do not work on a direct connection, so that they prove nothing")
                .withCount("attacks", attacks.size())
                .withCount("show raw values or confirm a guess", telling);
    }

    /** What became of the attacks of one technique at one door. */
    private static final class Tally {
        private final List<String> succeeded = new ArrayList<>();
        private int attacks;
        private int errors;
    }

    private List<Check> attack(Door door, List<Attack> attacks, Scanner scanner) throws SQLException {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Attack attack : attacks) {
            Tally tally = tallies.computeIfAbsent(attack.technique(), technique -> new Tally());
            Client.Answer answer = Client.send(door, attack);
            boolean passed = door.takeFound();
            boolean shown = passed || scanner.contains(answer.seen());
            boolean confirmed = attack.expected() == Attack.Expected.NONE && answer.rows() > 0;
            boolean allowed = attack.expected() == Attack.Expected.REFUSED && !answer.error();
            tally.attacks++;
            tally.errors += answer.error() ? 1 : 0;
            if (shown || confirmed || allowed) {
                tally.succeeded.add(attack.template());
            }
        }
        List<Check> checks = new ArrayList<>();
        tallies.forEach((technique, tally) -> checks.add(toCheck(door, technique, tally)));
        return checks;
    }

    private static Check toCheck(Door door, String technique, Tally tally) {
        boolean held = tally.succeeded.isEmpty();
        return Check.of(
                        Area.ATTACKS,
                        technique,
                        door.name(),
                        held ? Status.PASSED : Status.FAILED,
                        held ? "nothing raw came back" : "succeeded: " + String.join(" | ", tally.succeeded))
                .withCount("attacks", tally.attacks)
                .withCount("answered", tally.attacks - tally.errors)
                .withCount("refused or failed", tally.errors)
                .withCount("succeeded", tally.succeeded.size());
    }
}
