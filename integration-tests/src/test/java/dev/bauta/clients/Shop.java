package dev.bauta.clients;

import dev.bauta.testing.TestDatabase;

/** The rules for the programs' tables, and the user who is masked. */
final class Shop {
    static final String MASKED_USER = "analyst";

    static final String RULES =
            """
            version: 1
            roles:
              - name: dba
                users: [postgres]
                access: raw
            columns:
              - match: [public.customer.email, public.auth_user.email]
                tag: pii.email
                mask: {type: partial, first: 2}
            functions:
              allow: [public.twice]
            """;

    private Shop() {}

    /** Lets the masked user do with the data whatever it likes. */
    static void grant(TestDatabase database) {
        database.run(
                """
                DO $$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN
                    CREATE ROLE analyst LOGIN PASSWORD 'analyst';
                  END IF;
                END $$;
                GRANT ALL ON ALL TABLES IN SCHEMA public TO analyst;
                GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO analyst;
                """);
    }

    /** What a masked client prints where an unmasked one prints this. */
    static String masked(String output) {
        return output.replaceAll("\\b(a[dl])(a|an)@example\\.org", "$1****");
    }
}
