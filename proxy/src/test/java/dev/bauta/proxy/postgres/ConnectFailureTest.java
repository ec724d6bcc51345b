package dev.bauta.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ConnectFailureTest {
    @Test
    void saysWhatTheDriverSaysAndWhy() {
        assertThat(reason(new UnknownHostException("db1"))).isEqualTo("failed. Unknown host: db1");
        assertThat(reason(new IOException("no such socket\nmore"))).isEqualTo("failed. no such socket");
        assertThat(reason(new ConnectException("refused"))).isEqualTo("failed.");
        assertThat(reason(new EOFException())).isEqualTo("failed.");
    }

    private static String reason(IOException cause) {
        return ConnectFailure.reason(new SQLException("failed.\nmore", cause));
    }
}
