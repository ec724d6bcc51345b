package dev.bauta.proxy.audit;

import dev.bauta.proxy.trail.SessionEvents.Admission;
import dev.bauta.text.Shown;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records in the order in which they come, by a thread of its own. No record of a session is ever dropped: while one cannot be
 * written, or too many wait, {@link #admission} lets no further statements begin, so that the queue holds no more than what was under way.
 * Clients that are turned away need no admission, and could fill the memory: {@value #MOST_REFUSED} records wait, further ones of such
 * clients are left out. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    /** Above that many waiting records nothing further is let begin, and below half of it again. */
    static final int FULL = 10_000;

    /** While that many records wait, no clients that are turned away are recorded. */
    static final int MOST_REFUSED = 10 * FULL;

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int BATCH = 1_000;
    private static final long RETRY_MILLIS = 500;
    private static final long CLOSING_MILLIS = 5_000;

    private final AuditSettings settings;
    private final AuditChain chain;
    private final AuditFile file;
    private final AuditTable.@Nullable Sink table;
    private final LinkedBlockingQueue<AuditRecord> queue = new LinkedBlockingQueue<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final Thread writer = new Thread(this::run, "audit");
    private volatile boolean open = true;
    private volatile boolean failing;
    private volatile boolean closing;
    private volatile long sequence;

    private AuditLog(AuditSettings settings, AuditChain chain, AuditFile file) {
        this.settings = settings;
        this.chain = chain;
        this.file = file;
        this.table = settings.table() == null ? null : new AuditTable.Sink(settings.table());
        this.sequence = file.last().sequence();
        writer.setDaemon(true);
    }

    /**
     * Takes the chain up where the file ends.
     *
     * @throws AuditUnavailableException when the file cannot be written, or does not end in a record of the chain
     */
    public static AuditLog open(AuditSettings settings) throws AuditUnavailableException {
        AuditChain chain = new AuditChain(settings.key());
        try {
            AuditLog log = new AuditLog(settings, chain, AuditFile.open(settings, chain));
            log.writer.start();
            return log;
        } catch (IOException e) {
            throw new AuditUnavailableException(settings, e);
        }
    }

    /** Has a record written soon. Never blocks. */
    public void append(AuditRecord record) {
        if (record.event() == AuditRecord.Event.REFUSED && queue.size() >= MOST_REFUSED) {
            LOG.atWarn().log("a refused login is not recorded: too many audit records wait");
            return;
        }
        queue.add(record);
        if (queue.size() >= FULL) {
            updateAdmission();
        }
    }

    /** Whether further statements may begin. */
    public Admission admission() {
        if (open) {
            return Admission.OPEN;
        }
        return settings.onFailure() == AuditSettings.OnFailure.REFUSE && failing ? Admission.REFUSE : Admission.WAIT;
    }

    /** Has something done, on any thread, when further statements may begin. */
    public void whenOpen(Runnable action) {
        synchronized (waiting) {
            if (!open) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    /** How many records wait to be written. */
    public int queued() {
        return queue.size();
    }

    /** The number of the last record written. */
    public long sequence() {
        return sequence;
    }

    /** True while records cannot be written. */
    public boolean isFailing() {
        return failing;
    }

    private void updateAdmission() {
        List<Runnable> released = List.of();
        synchronized (waiting) {
            open = !failing && queue.size() < (open ? FULL : FULL / 2);
            if (open && !waiting.isEmpty()) {
                released = List.copyOf(waiting);
                waiting.clear();
            }
        }
        released.forEach(Runnable::run);
    }

    // ---- the writer's thread

    private void run() {
        List<AuditRecord> batch = new ArrayList<>();
        try {
            if (table != null) {
                retry("table", () -> table.takeUp(file, BATCH));
            }
            while (!closing || !queue.isEmpty()) {
                AuditRecord first = queue.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    write(toLines(batch));
                    batch.clear();
                    updateAdmission();
                }
            }
        } catch (InterruptedException e) {
            LOG.atError().addKeyValue("records", batch.size() + queue.size()).log("audit records are lost");
        }
    }

    private List<AuditChain.Line> toLines(List<AuditRecord> records) {
        AuditChain.Link last = file.last();
        List<AuditChain.Line> lines = new ArrayList<>(records.size());
        for (AuditRecord record : records) {
            AuditChain.Line line = chain.append(last, record);
            lines.add(line);
            last = line.link();
        }
        return lines;
    }

    private void write(List<AuditChain.Line> lines) throws InterruptedException {
        retry("file", () -> file.write(lines));
        if (table != null) {
            List<AuditFile.Stored> stored = lines.stream()
                    .map(line -> new AuditFile.Stored(line.link().sequence(), line.text()))
                    .toList();
            retry("table", () -> table.write(stored));
        }
        sequence = file.last().sequence();
        retry("rotation", file::rotateIfDue);
    }

    private interface Writing {
        void run() throws IOException, SQLException;
    }

    /** Until it succeeds; what sessions may do meanwhile, {@link #admission} says. */
    private void retry(String what, Writing writing) throws InterruptedException {
        while (true) {
            try {
                writing.run();
                if (failing) {
                    LOG.atInfo().log("audit records can be written again");
                }
                failing = false;
                updateAdmission();
                return;
            } catch (IOException | SQLException | RuntimeException e) {
                if (!failing) {
                    LOG.atError()
                            .addKeyValue("what", what)
                            .addKeyValue("failure", e.getClass().getSimpleName())
                            .addKeyValue("reason", reason(e))
                            .log("audit records cannot be written");
                }
                failing = true;
                updateAdmission();
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /** What the server or the operating system says: records hold nothing that it could not show. */
    private static String reason(Exception e) {
        Throwable said = e instanceof BatchUpdateException batch && batch.getNextException() != null
                ? batch.getNextException()
                : e.getCause() instanceof SQLException ? e.getCause() : e;
        return Shown.oneLine(
                String.valueOf(said.getMessage()).lines().findFirst().orElse(""));
    }

    /** Writes what waits, for some seconds if need be, and closes the file. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(CLOSING_MILLIS);
            writer.interrupt();
            writer.join();
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.atError().log("the audit file cannot be closed");
        }
        if (table != null) {
            table.close();
        }
    }
}
