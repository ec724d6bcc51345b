package dev.bauta.proxy.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that files hold one chain of records, of which none is missing in between and none was changed. */
public final class AuditVerifier {
    private final AuditChain chain;

    /** @param key that with which the records were written, null for none */
    public AuditVerifier(@Nullable String key) {
        this.chain = new AuditChain(key);
    }

    /**
     * What was found.
     *
     * @param first the first record's number, 0 when there are none
     * @param last the last one's
     * @param lastHash its hash
     * @param problem the place of the first record that is not as it was written, and what is wrong; null when all are right
     */
    public record Finding(long first, long last, String lastHash, @Nullable String problem) {}

    private record Begun(Path file, long first) {}

    /**
     * Checks files, in any order.
     *
     * @throws IOException when one cannot be read
     */
    public Finding verify(List<Path> files) throws IOException {
        List<Begun> begun = new ArrayList<>();
        for (Path file : files) {
            begun.add(new Begun(file, firstOf(file)));
        }
        begun.sort(Comparator.comparingLong(Begun::first));
        long first = 0;
        AuditChain.@Nullable Link last = null;
        for (Begun file : begun) {
            int number = 0;
            try (BufferedReader reader = Files.newBufferedReader(file.file(), StandardCharsets.ISO_8859_1)) {
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    number++;
                    Optional<AuditChain.Line> line = chain.read(text);
                    String problem = problem(line, last);
                    if (problem != null) {
                        return finding(first, last, file.file() + ":" + number + ": " + problem);
                    }
                    last = line.orElseThrow().link();
                    first = first == 0 ? last.sequence() : first;
                }
            }
        }
        return finding(first, last, null);
    }

    private static Finding finding(long first, AuditChain.@Nullable Link last, @Nullable String problem) {
        return last == null
                ? new Finding(0, 0, "", problem)
                : new Finding(first, last.sequence(), last.hash(), problem);
    }

    private static @Nullable String problem(Optional<AuditChain.Line> line, AuditChain.@Nullable Link last) {
        if (line.isEmpty()) {
            return "the record was changed, or was written with another key";
        }
        AuditChain.Link link = line.get().link();
        if (last == null) {
            boolean beginning = line.get().previous().equals(AuditChain.BEGINNING.hash());
            return beginning == (link.sequence() == 1) ? null : "record " + link.sequence() + " cannot be the first";
        }
        if (link.sequence() != last.sequence() + 1) {
            return "record " + link.sequence() + " follows record " + last.sequence();
        }
        return line.get().previous().equals(last.hash())
                ? null
                : "record " + link.sequence() + " does not belong behind record " + last.sequence();
    }

    /** The number of a file's first record as it stands there, whether it is right or not. */
    private static long firstOf(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = reader.readLine();
            long sequence = line == null ? 0 : AuditChain.sequenceOf(line);
            return sequence == 0 ? Long.MAX_VALUE : sequence;
        }
    }
}
