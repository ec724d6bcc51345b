package dev.bauta.clients;

import dev.bauta.clients.ClientProgram.Phase;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes the corpora anew. Run by {@code src/test/clients/capture}; not part of the ordinary build. A client that is not installed
 * keeps the corpus it has.
 */
class ClientCapture {
    private static final Path CORPORA = Path.of("src/test/resources/clients");

    static List<ClientProgram> programs() {
        return ClientProgram.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void capture(ClientProgram program) throws IOException {
        Optional<String> version = program.version();
        if (version.isPresent()) {
            TestDatabase database = TestDatabase.create();
            try (StatementTap tap = new StatementTap(database.host(), database.port())) {
                Target target = Target.local(tap.port(), "postgres", database.name());
                program.run(Phase.SCHEMA, target);
                program.run(Phase.WORK, target);
                Files.writeString(
                        CORPORA.resolve(program.client() + ".jsonl"),
                        ClientStatement.lines(program.client(), version.get(), tap.statements()));
            }
        }
    }
}
