package dev.bauta.proxy.session;

import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Whom a certificate is for, as PostgreSQL's method {@code cert} has it: its subject's common name is the database user. */
final class CertificateLogin {
    private CertificateLogin() {}

    /** True when the subject has one common name, and it is the user's name. */
    static boolean isFor(@Nullable X500Principal subject, String user) {
        return subject != null && commonName(subject).filter(user::equals).isPresent();
    }

    private static Optional<String> commonName(X500Principal subject) {
        try {
            var names = new LdapName(subject.getName(X500Principal.RFC2253))
                    .getRdns().stream()
                            .filter(rdn -> rdn.size() == 1 && rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .toList();
            return names.size() == 1 && names.get(0) instanceof String name ? Optional.of(name) : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
