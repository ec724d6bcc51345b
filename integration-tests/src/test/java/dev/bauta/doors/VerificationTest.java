package dev.bauta.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.verify.attack.SelfTest;
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.connect.Target;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The self-test of {@code bauta verify} where the driver is on the class path, as the launcher puts it there. */
class VerificationTest {
    @Test
    void theSelfTestAttacksBothDoorsAndNothingComesThrough() throws Exception {
        TestDatabase database = TestDatabase.create();
        Target target = new Target(
                PostgresServers.of(new Endpoint(database.host(), database.port())),
                database.name(),
                new Login("postgres", new Secret("postgres")));
        List<Check> checks = new SelfTest(target, new Connections("bauta self-test"), line -> {}).run(Optional.empty());
        assertThat(checks).filteredOn(check -> check.status() != Status.PASSED).isEmpty();
        assertThat(checks.stream().map(Check::name).distinct())
                .containsExactly("without Bauta", "proxy, simple protocol", "proxy, extended protocol", "driver");
        database.drop();
    }
}
