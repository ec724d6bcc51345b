package dev.bauta.proxy.tls;

/** Whether clients' TCP connections are encrypted. Unix-domain sockets never are, as with PostgreSQL. */
public enum TlsMode {
    /** A client that asks for TLS is told that there is none. */
    DISABLE,
    /** The client chooses. */
    ALLOW,
    /** A client without TLS is refused. */
    REQUIRE
}
