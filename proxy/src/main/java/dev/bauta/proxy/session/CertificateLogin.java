package dev.bauta.proxy.session;

import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Whom a certificate is for, as PostgreSQL's method {@code cert} has it: its subject's common name is the database user. */
final class CertificateLogin {
    private static final String COMMON_NAME = "CN";

    private CertificateLogin() {}

    /** True when the subject has one common name, and it is the user's name. */
    static boolean isFor(@Nullable X500Principal subject, String user) {
        return subject != null && commonName(subject).filter(user::equals).isPresent();
    }

    private static Optional<String> commonName(X500Principal subject) {
        try {
            List<Rdn> named = new LdapName(subject.getName(X500Principal.RFC2253))
                    .getRdns().stream()
                            .filter(rdn -> rdn.toAttributes().get(COMMON_NAME) != null)
                            .toList();
            return named.size() == 1 && named.get(0).size() == 1 && named.get(0).getValue() instanceof String name
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
