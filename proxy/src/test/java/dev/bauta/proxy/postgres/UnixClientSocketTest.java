package dev.bauta.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnixClientSocketTest {
    private static final int MANY = 5_000_000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Path file;
    private final ServerSocketChannel server;
    private final Socket client;
    private final SocketChannel other;

    UnixClientSocketTest() throws IOException {
        file = Files.createTempDirectory("bauta").resolve("socket");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file));
        client = new UnixSocketFactory(file.toString()).createSocket();
        client.connect(UnixDomainSocketAddress.of(file), 1000);
        other = server.accept();
    }

    @BeforeEach
    void isOpen() {
        assertThat(client.isConnected()).isTrue();
        assertThat(client.isClosed()).isFalse();
    }

    @AfterEach
    void close() throws IOException {
        thread.shutdownNow();
        client.close();
        assertThat(client.isClosed()).isTrue();
        other.close();
        server.close();
        Files.delete(file);
        Files.delete(file.getParent());
    }

    /** More than the kernel keeps, so that both sides wait for each other. */
    @Test
    void muchGoesInBothDirections() throws Exception {
        Future<byte[]> received = thread.submit(() -> {
            byte[] all = Channels.newInputStream(other).readNBytes(MANY);
            Channels.newOutputStream(other).write(all);
            return all;
        });
        byte[] sent = new byte[MANY];
        for (int i = 0; i < MANY; i++) {
            sent[i] = (byte) (i * 31 >> 3);
        }
        OutputStream out = client.getOutputStream();
        out.write(sent[0]);
        out.write(sent, 1, MANY - 1);
        InputStream in = client.getInputStream();
        assertThat((byte) in.read()).isEqualTo(sent[0]);
        assertThat(in.readNBytes(MANY - 1)).endsWith(sent[MANY - 2], sent[MANY - 1]);
        assertThat(received.get()).isEqualTo(sent);
    }

    @Test
    void aReadGivesUpInTimeAndGoesOnLater() throws IOException {
        client.setSoTimeout(20);
        InputStream in = client.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        Channels.newOutputStream(other).write(7);
        assertThat(in.read()).isEqualTo(7);
        other.close();
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void closingWakesWhoReads() throws Exception {
        Future<Integer> read = thread.submit(() -> client.getInputStream().read());
        Awaitility.await().until(() -> Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.Arrays::stream)
                .anyMatch(frame -> frame.getClassName().contains("UnixClientSocket")
                        && frame.getMethodName().equals("await")));
        client.close();
        assertThatThrownBy(read::get).hasCauseInstanceOf(SocketException.class);
    }

    @Test
    void aSocketThatIsNotThere() throws IOException {
        try (Socket nowhere = new UnixSocketFactory(file + "x").createSocket()) {
            assertThatThrownBy(() -> nowhere.connect(UnixDomainSocketAddress.of(file), 0))
                    .isInstanceOf(IOException.class);
            assertThat(nowhere.isConnected()).isFalse();
        }
    }
}
