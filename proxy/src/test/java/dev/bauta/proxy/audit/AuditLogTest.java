package dev.bauta.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.policy.ClientOrigin;
import dev.bauta.proxy.audit.AuditRecord.Event;
import dev.bauta.proxy.audit.AuditSettings.OnFailure;
import dev.bauta.proxy.trail.LoginAttempt;
import dev.bauta.proxy.trail.SessionEvents.Admission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain of records over files, restarts, changes and failures. */
class AuditLogTest {
    private static final String KEY = "a key of the test's";

    private final Path directory;

    AuditLogTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = KEY)
    void chainsRecordsOverRestartsAndRotations(@Nullable String key) throws IOException {
        for (int start = 0; start < 3; start++) {
            write(settings(500, 0, key), 5);
        }
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(5);
        Collections.shuffle(files);
        assertThat(new AuditVerifier(key).verify(files))
                .usingRecursiveComparison()
                .ignoringFields("lastHash")
                .isEqualTo(new AuditVerifier.Finding(1, 15, "", null));
    }

    @Test
    void keepsAsManyFilesAsItIsTold() throws IOException {
        write(settings(100, 3, null), 1);
        for (int i = 0; i < 8; i++) {
            write(settings(100, 3, null), 1);
        }
        List<Path> files = files();
        assertThat(files).hasSize(4);
        assertThat(new AuditVerifier(null).verify(files).first()).isEqualTo(7);
    }

    @Test
    void tellsTheFirstRecordThatWasChangedTakenOutOrMoved() throws IOException {
        write(settings(1 << 20, 0, null), 9);
        List<String> lines = Files.readAllLines(log());
        List<String> changed = new ArrayList<>(lines);
        changed.set(3, changed.get(3).replace("\"policy\":\"3\"", "\"policy\":\"x\""));
        assertThat(problem(changed, null))
                .isEqualTo(log() + ":4: the record was changed, or was written with another key");
        List<String> without = new ArrayList<>(lines);
        without.remove(4);
        assertThat(problem(without, null)).isEqualTo(log() + ":5: record 6 follows record 4");
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, 1, 2);
        assertThat(problem(swapped, null)).isEqualTo(log() + ":2: record 3 follows record 1");
        assertThat(problem(lines.subList(0, 9), KEY)).startsWith(log() + ":1: the record was changed");
        List<String> inserted = new ArrayList<>(lines);
        inserted.add(5, "");
        assertThat(problem(inserted, null)).startsWith(log() + ":6: the record was changed");
    }

    /** Whoever cannot compute the HMAC cannot write a chain of his own. */
    @Test
    void aKeyKeepsTheChainFromBeingWrittenAnew() throws IOException {
        write(settings(1 << 20, 0, null), 3);
        assertThat(problem(Files.readAllLines(log()), KEY)).isNotNull();
    }

    @Test
    void aFileBetweenTwoOthersIsMissed() throws IOException {
        write(settings(200, 0, null), 1);
        write(settings(200, 0, null), 1);
        write(settings(200, 0, null), 1);
        List<Path> files = AuditFile.aside(log());
        Files.delete(files.get(1));
        assertThat(new AuditVerifier(null)
                        .verify(List.of(files.get(0), files.get(2)))
                        .problem())
                .isEqualTo(files.get(2) + ":1: record 3 follows record 1");
    }

    @Test
    void cutsOffARecordThatWasNotWrittenToItsEnd() throws IOException {
        write(settings(1 << 20, 0, null), 2);
        Files.writeString(log(), "{\"seq\":3,\"prev\":\"", StandardOpenOption.APPEND);
        write(settings(1 << 20, 0, null), 1);
        assertThat(new AuditVerifier(null).verify(List.of(log())).last()).isEqualTo(3);
    }

    /** One of a statement that names very many protected columns. */
    @Test
    void isTakenUpBehindALongRecord() throws IOException {
        try (AuditLog log = AuditLog.open(settings(1 << 30, 0, null))) {
            log.append(record("1"));
            log.append(record("x".repeat(5 << 20)));
        }
        Files.writeString(log(), "{\"seq\":3,\"policy\":\"" + "x".repeat(5 << 20), StandardOpenOption.APPEND);
        write(settings(1 << 30, 0, null), 1);
        AuditVerifier.Finding found = new AuditVerifier(null).verify(List.of(log()));
        assertThat(found.problem()).isNull();
        assertThat(found.last()).isEqualTo(3);
    }

    @Test
    void isNotTakenUpBehindAChangedRecord() throws IOException {
        write(settings(1 << 20, 0, null), 2);
        Files.writeString(log(), Files.readString(log()).replace("\"policy\":\"1\"", "\"policy\":\"9\""));
        assertThatThrownBy(() -> AuditLog.open(settings(1 << 20, 0, null)))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessage(
                        "cannot write the audit log " + log() + ": " + log()
                                + " does not end in a record of this chain; has it been changed, or its key? See bauta audit verify");
    }

    /** The name under which the file is to be put aside is taken, until the test frees it. */
    @ParameterizedTest
    @ValueSource(strings = {"REFUSE", "WAIT"})
    void letsNothingBeginWhileItCannotWrite(OnFailure onFailure) throws IOException {
        try (AuditLog log = AuditLog.open(new AuditSettings(log(), 1, 0, onFailure, null, null))) {
            Path taken = Files.createDirectory(directory.resolve("audit.jsonl.000000000001"));
            assertThat(log.admission()).isEqualTo(Admission.OPEN);
            log.append(record("1"));
            Awaitility.await().until(() -> log.admission() != Admission.OPEN);
            assertThat(log.admission()).isEqualTo(Admission.valueOf(onFailure.name()));
            AtomicBoolean opened = new AtomicBoolean();
            log.whenOpen(() -> opened.set(true));
            assertThat(opened).isFalse();
            log.append(record("2"));
            Files.delete(taken);
            Awaitility.await().untilTrue(opened);
            Awaitility.await().until(() -> log.sequence() == 2);
        }
        assertThat(new AuditVerifier(null).verify(files()).last()).isEqualTo(2);
    }

    /** Whoever is turned away has not said who they are, and must not fill the memory. */
    @Test
    void takesNoMoreOfRefusedLoginsThanThereIsRoomForWhileItCannotWrite() throws IOException {
        LoginAttempt attempt = new LoginAttempt("nobody", "shop", ClientOrigin.LOCAL, "");
        AuditRecord refused = AuditRecord.of(Instant.EPOCH, attempt, "28000");
        try (AuditLog log = AuditLog.open(new AuditSettings(log(), 1, 0, OnFailure.REFUSE, null, null))) {
            Path taken = Files.createDirectory(directory.resolve("audit.jsonl.000000000001"));
            log.append(record("1"));
            Awaitility.await().until(log::isFailing);
            for (int i = 0; i < AuditLog.MOST_REFUSED + 3; i++) {
                log.append(refused);
            }
            assertThat(log.queued()).isEqualTo(AuditLog.MOST_REFUSED);
            log.append(record("2"));
            assertThat(log.queued()).isEqualTo(AuditLog.MOST_REFUSED + 1);
            Files.delete(taken);
        }
    }

    /** As by {@code rm}, or by a rotation that is not the log's own: what follows must not go to a file that nobody sees. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnInANewFileWhereItsOwnIsTakenAway(boolean kept) throws IOException {
        Path moved = directory.resolve("moved");
        try (AuditLog log = AuditLog.open(settings(1 << 20, 0, null))) {
            append(log);
            Files.move(log(), moved);
            append(log);
            append(log);
        }
        List<Path> files = kept ? List.of(log(), moved) : List.of(log());
        assertThat(new AuditVerifier(null).verify(files))
                .usingRecursiveComparison()
                .ignoringFields("lastHash")
                .isEqualTo(new AuditVerifier.Finding(kept ? 1 : 2, 3, "", null));
    }

    @Test
    void goesOnInItsOwnFileWhereThatComesBack() throws IOException {
        Path moved = directory.resolve("moved");
        try (AuditLog log = AuditLog.open(settings(1 << 20, 0, null))) {
            append(log);
            Files.move(log(), moved);
            Files.createSymbolicLink(log(), directory.resolve("nowhere").resolve("file"));
            log.append(record("1"));
            Awaitility.await().until(() -> log.admission() != Admission.OPEN);
            Files.move(moved, log(), StandardCopyOption.ATOMIC_MOVE);
            Awaitility.await().until(() -> log.sequence() == 2);
        }
        assertThat(new AuditVerifier(null).verify(List.of(log())))
                .usingRecursiveComparison()
                .ignoringFields("lastHash")
                .isEqualTo(new AuditVerifier.Finding(1, 2, "", null));
    }

    @Test
    void goesOnAtTheEndOfAFileThatWasCut() throws IOException {
        try (AuditLog log = AuditLog.open(settings(1 << 20, 0, null))) {
            append(log);
            append(log);
            Files.write(log(), new byte[0]);
            append(log);
        }
        assertThat(new AuditVerifier(null).verify(List.of(log())))
                .usingRecursiveComparison()
                .ignoringFields("lastHash")
                .isEqualTo(new AuditVerifier.Finding(3, 3, "", null));
    }

    @Test
    void isNoBusinessOfEverybody() throws IOException {
        write(settings(100, 0, null), 2);
        for (Path file : files()) {
            assertThat(Files.getPosixFilePermissions(file))
                    .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE);
        }
    }

    private static void append(AuditLog log) {
        long next = log.sequence() + 1;
        log.append(record(Long.toString(next - 1)));
        Awaitility.await().until(() -> log.sequence() == next);
    }

    private AuditSettings settings(long rotateBytes, int keep, @Nullable String key) {
        return new AuditSettings(log(), rotateBytes, keep, OnFailure.REFUSE, key, null);
    }

    private static AuditRecord record(String rules) {
        return AuditRecord.of(Instant.EPOCH, Event.RULES, rules);
    }

    /** Waits for each record, so that files are rotated where they are due. */
    private static void write(AuditSettings settings, int records) throws IOException {
        try (AuditLog log = AuditLog.open(settings)) {
            for (int i = 0; i < records; i++) {
                append(log);
            }
        }
    }

    private @Nullable String problem(List<String> lines, @Nullable String key) throws IOException {
        Files.write(log(), lines);
        return new AuditVerifier(key).verify(List.of(log())).problem();
    }

    private Path log() {
        return directory.resolve("audit.jsonl");
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(AuditFile.aside(log()));
        files.add(log());
        return files;
    }
}
