package dev.bauta.proxy.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

/** The example of RFC 7677, section 3, and what departs from it. */
class ScramTest {
    private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String FINAL = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
    private static final byte[] END_POINT = {1, 2, 3};

    private static ScramKeys pencil() throws GeneralSecurityException {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec("pencil".toCharArray(), salt, 4096, 256))
                .getEncoded();
        byte[] clientKey = Hashes.hmac(salted, "Client Key");
        ScramVerifier verifier = new ScramVerifier(4096, salt, Hashes.h(clientKey), Hashes.hmac(salted, "Server Key"));
        return new ScramKeys(verifier, clientKey);
    }

    private static ScramServer server(byte[] endPoint, boolean known) throws GeneralSecurityException {
        Credential credential = new Credential(pencil().verifier(), known);
        return new ScramServer(credential, endPoint.length == 0 ? null : endPoint, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    }

    private static ScramServer server() throws GeneralSecurityException {
        return server(new byte[0], true);
    }

    @Test
    void theServerSpeaksAsInTheRfc() throws Exception {
        ScramServer server = server();
        assertThat(server.onFirst("SCRAM-SHA-256", FIRST)).isEqualTo(SERVER_FIRST);
        ScramKeys keys = Objects.requireNonNull(server.onFinal(FINAL));
        assertThat(keys.clientKey()).isEqualTo(pencil().clientKey());
        assertThat(server.finalMessage()).isEqualTo(SERVER_FINAL);
    }

    @Test
    void theClientKeyLogsInAsThePasswordDoes() throws Exception {
        ScramClient client = new ScramClient(pencil(), "abc");
        ScramServer server = server();
        String answer = client.onFirst(server.onFirst("SCRAM-SHA-256", client.firstMessage()));
        assertThat(server.onFinal(answer)).isNotNull();
        client.onFinal(server.finalMessage());
        assertThatThrownBy(() -> client.onFinal(SERVER_FINAL)).isInstanceOf(ScramException.class);
    }

    @Test
    void aWrongProofAndAnUnknownUserAreNotLetIn() throws Exception {
        ScramServer wrong = server();
        wrong.onFirst("SCRAM-SHA-256", FIRST);
        assertThat(wrong.onFinal(FINAL.replace("p=dH", "p=dG"))).isNull();
        ScramServer unknown = server(new byte[0], false);
        unknown.onFirst("SCRAM-SHA-256", FIRST);
        assertThat(unknown.onFinal(FINAL)).isNull();
    }

    @Test
    void whatIsSaidOfChannelBindingMustAgreeWithWhatWasOffered() throws Exception {
        String bare = "n=,r=abc";
        assertThat(server().onFirst("SCRAM-SHA-256", "y,," + bare)).startsWith("r=abc");
        assertThat(server(END_POINT, true).onFirst("SCRAM-SHA-256", "n,," + bare))
                .startsWith("r=abc");
        assertThat(server(END_POINT, true).onFirst("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,," + bare))
                .startsWith("r=abc");
        fails(server(END_POINT, true), "SCRAM-SHA-256", "y,," + bare, "28000");
        fails(server(END_POINT, true), "SCRAM-SHA-256-PLUS", "n,," + bare, "08P01");
        fails(server(END_POINT, true), "SCRAM-SHA-256-PLUS", "p=tls-unique,," + bare, "08P01");
        fails(server(END_POINT, true), "SCRAM-SHA-256", "p=tls-server-end-point,," + bare, "08P01");
        fails(server(), "SCRAM-SHA-256-PLUS", "p=tls-server-end-point,," + bare, "08P01");
        fails(server(), "SCRAM-SHA-1", "n,," + bare, "08P01");
        fails(server(), "SCRAM-SHA-256", "n,a=admin," + bare, "0A000");
    }

    @Test
    void aLoginBoundToAnotherConnectionIsRefused() throws Exception {
        ScramServer server = server(END_POINT, true);
        server.onFirst("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=rOprNGfwEbeRWgbNEkqO");
        String other = ScramMessage.base64("p=tls-server-end-point,,xyz".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> server.onFinal(FINAL.replace("c=biws", "c=" + other)))
                .isInstanceOfSatisfying(
                        ScramException.class, e -> assertThat(e.sqlState()).isEqualTo("28000"));
    }

    @Test
    void whatIsMalformedIsRefused() throws Exception {
        for (String first :
                new String[] {"", "n", "n,,", "n,,r=abc", "n,,n=,r=", "n,,n=,r=a\u0001", "n,,n=,r=a,x=1", "x,,n=,r=a"
                }) {
            fails(server(), "SCRAM-SHA-256", first, "08P01");
        }
        for (String last : new String[] {
            "",
            "c=biws",
            FINAL.replace(",p=", ",q="),
            FINAL.replace("k0,", "k1,"),
            FINAL + ",x=1",
            FINAL + "!",
            FINAL.replace("dHzb", "")
        }) {
            ScramServer server = server();
            server.onFirst("SCRAM-SHA-256", FIRST);
            assertThatThrownBy(() -> server.onFinal(last)).as(last).isInstanceOf(ScramException.class);
        }
    }

    @Test
    void aClientBelievesNoServerThatAnswersAmiss() throws Exception {
        for (String answer : new String[] {
            "",
            "r=abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "r=xyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "r=abcd,s=AAAA,i=4096",
            "r=abcd,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1"
        }) {
            ScramClient client = new ScramClient(pencil(), "abc");
            assertThatThrownBy(() -> client.onFirst(answer)).as(answer).isInstanceOf(ScramException.class);
        }
    }

    @Test
    void whoIsNotThereHasAlwaysTheSameSalt() {
        Credentials credentials = new Credentials(Verifiers.of(Map::of));
        byte[] salt = of(credentials, "nobody").verifier().salt();
        assertThat(of(credentials, "nobody").known()).isFalse();
        assertThat(of(credentials, "nobody").verifier().salt()).isEqualTo(salt).hasSize(16);
        assertThat(of(credentials, "nobody else").verifier().salt()).isNotEqualTo(salt);
    }

    /** Whoever compares salts before and after a restart, or of two proxies, sees no difference between who is there and who is not. */
    @Test
    void whoIsNotThereHasTheSameSaltWhereverTheSecretIs() {
        byte[] salt = saltOfNobody("0123456789abcdef0123456789abcdef");
        assertThat(saltOfNobody("0123456789abcdef0123456789abcdef")).isEqualTo(salt);
        assertThat(saltOfNobody("fedcba9876543210fedcba9876543210")).isNotEqualTo(salt);
    }

    private static byte[] saltOfNobody(String secret) {
        return of(new Credentials(Verifiers.of(Map::of), secret), "nobody")
                .verifier()
                .salt();
    }

    @Test
    void nothingShowsInText() throws Exception {
        assertThat(pencil() + " " + pencil().verifier() + " " + server() + " " + new Credentials(Verifiers.of(Map::of)))
                .isEqualTo("ScramKeys[] ScramVerifier[] ScramServer[] Credentials[]");
    }

    private static void fails(ScramServer server, String mechanism, String message, String sqlState) {
        assertThatThrownBy(() -> server.onFirst(mechanism, message))
                .as(message)
                .isInstanceOfSatisfying(
                        ScramException.class, e -> assertThat(e.sqlState()).isEqualTo(sqlState));
    }

    private static Credential of(Credentials credentials, String user) {
        return credentials.of(user).toCompletableFuture().join();
    }
}
