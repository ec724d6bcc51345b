package dev.bauta.proxy.tls;

/** Whether clients show a certificate. One that is shown must be issued by a trusted authority in any case. */
public enum ClientCertificates {
    /** None is asked for. */
    NONE,
    /** The client may show one. */
    OPTIONAL,
    /** Without one there is no connection. */
    REQUIRED
}
