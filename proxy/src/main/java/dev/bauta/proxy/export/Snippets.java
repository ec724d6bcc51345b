package dev.bauta.proxy.export;

import dev.bauta.catalog.SqlNames;
import java.util.Collection;
import java.util.stream.Collectors;

/** The parts of the script that are the same for all. */
final class Snippets {
    /** The comment on each view, by which a later run knows it. */
    static final String MARK = "bauta export views";

    /** The oids of what belongs to the connected user or a superuser, as what scripts create does. */
    static final String OWN =
            """
            SELECT c.oid::pg_catalog.int8
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) c.relowner
            WHERE r.rolsuper OR r.rolname OPERATOR(pg_catalog.=) current_user
            """;

    /** The oids of what looks as what scripts create: any owner can give the comment, or the names. */
    static final String EARLIER =
            """
            SELECT c.oid::pg_catalog.int8
            FROM pg_catalog.pg_class c
            WHERE pg_catalog.obj_description(c.oid, 'pg_class') OPERATOR(pg_catalog.=) '%s'
              OR c.relname OPERATOR(pg_catalog.=) 'setting' AND EXISTS (
                SELECT FROM pg_catalog.pg_proc p
                WHERE p.pronamespace OPERATOR(pg_catalog.=) c.relnamespace
                  AND p.proname OPERATOR(pg_catalog.=) 'set_master_key')
            """
                    .formatted(MARK);

    /** The oids of views that read with their reader's rights, and of those that read such a view. */
    static final String INVOKING =
            """
            WITH RECURSIVE invoking AS (
              SELECT c.oid FROM pg_catalog.pg_class c, pg_catalog.pg_options_to_table(c.reloptions) o
              WHERE c.relkind = 'v' AND o.option_name = 'security_invoker' AND o.option_value::pg_catalog.bool
              UNION
              SELECT w.ev_class FROM invoking i
              JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = i.oid
                AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
              JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid
              JOIN pg_catalog.pg_class c ON c.oid = w.ev_class AND c.relkind = 'v')
            SELECT i.oid::pg_catalog.int8 FROM invoking i
            """;

    private static final String DROP =
            """

            DO $body$
            DECLARE
              view_name text;
            BEGIN
              FOR view_name IN
                SELECT format('%%I.%%I', n.nspname, c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'v' AND n.nspname = ANY (%s) AND obj_description(c.oid, 'pg_class') = %s
              LOOP
                EXECUTE 'DROP VIEW ' || view_name;
              END LOOP;
            END $body$;
            """;

    /** HKDF-SHA-256 (RFC 5869) and the key blocks of HMAC (RFC 2104), as the proxy computes them. */
    private static final String KEYS =
            """

            -- Keys of keyed masks, for the owner alone. Without a key the masks give NULL. To set it, once:
            --   SELECT %1$s.set_master_key(%2$s);
            CREATE SCHEMA IF NOT EXISTS %1$s;
            REVOKE ALL ON SCHEMA %1$s FROM PUBLIC;
            CREATE TABLE IF NOT EXISTS %1$s.setting (name text PRIMARY KEY, value text NOT NULL);
            REVOKE ALL ON %1$s.setting FROM PUBLIC;

            CREATE OR REPLACE FUNCTION %1$s.block(key bytea, pad integer) RETURNS bytea
            LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $body$
            DECLARE
              result bytea := decode(repeat('00', 64), 'hex');
              short bytea := CASE WHEN length(key) > 64 THEN sha256(key) ELSE key END;
            BEGIN
              FOR i IN 0..63 LOOP
                result := set_byte(result, i, pad # CASE WHEN i < length(short) THEN get_byte(short, i) ELSE 0 END);
              END LOOP;
              RETURN result;
            END $body$;

            CREATE OR REPLACE FUNCTION %1$s.hmac(key bytea, message bytea) RETURNS bytea
            LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $body$
              SELECT sha256(%1$s.block(key, 92) || sha256(%1$s.block(key, 54) || message))
            $body$;

            CREATE OR REPLACE FUNCTION %1$s.set_master_key(master bytea) RETURNS void
            LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
            DECLARE
              domain_name text;
              key bytea;
            BEGIN
              IF master IS NULL OR length(master) < 16 THEN
                RAISE EXCEPTION 'a master key has at least 16 bytes';
              END IF;
              DELETE FROM %1$s.setting;
              FOREACH domain_name IN ARRAY %3$s LOOP
                key := %1$s.hmac(%1$s.hmac(decode(repeat('00', 32), 'hex'), master),
                    convert_to(domain_name, 'UTF8') || '\\x01'::bytea);
                INSERT INTO %1$s.setting VALUES
                  ('inner_' || domain_name, encode(%1$s.block(key, 54), 'hex')),
                  ('outer_' || domain_name, encode(%1$s.block(key, 92), 'hex'));
              END LOOP;
            END $body$;
            REVOKE ALL ON FUNCTION %1$s.block(bytea, integer), %1$s.hmac(bytea, bytea), %1$s.set_master_key(bytea) FROM PUBLIC;
            """;

    private static final String REQUIRE =
            """

            DO $body$
            DECLARE
              readable text;
            BEGIN
              SELECT string_agg(c.oid::regclass::text, ', ' ORDER BY c.oid) INTO readable
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                AND (n.nspname <> ALL (%2$s) OR obj_description(c.oid, 'pg_class') IS DISTINCT FROM %3$s)
                AND EXISTS (SELECT FROM pg_roles r WHERE pg_has_role(%1$s, r.oid, 'MEMBER')
                  AND (has_table_privilege(r.oid, c.oid, 'SELECT') OR has_any_column_privilege(r.oid, c.oid, 'SELECT')));
              IF readable IS NOT NULL THEN
                RAISE EXCEPTION '%% can read raw values in %%; revoke that, or take another role', %1$s, readable;
              END IF;
            END $body$;
            """;

    /**
     * Whoever owns a schema can put tables and functions of their own in the place of what the script creates there, and so could have done whoever
     * may create things in that of the keys.
     */
    private static final String REQUIRE_OWN =
            """

            DO $body$
            DECLARE
              foreign_schema text;
            BEGIN
              SELECT string_agg(format('%%I of %%I', n.nspname, r.rolname), ', ' ORDER BY n.oid) INTO foreign_schema
              FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
              WHERE n.nspname = ANY (%1$s) AND r.rolname <> current_user AND NOT r.rolsuper;
              IF foreign_schema IS NOT NULL THEN
                RAISE EXCEPTION 'the schema belongs to somebody else, who could read keys and replace views: %%', foreign_schema;
              END IF;
              SELECT string_agg(DISTINCT format('%%I', r.rolname), ', ') INTO foreign_schema
              FROM (SELECT relowner, relnamespace FROM pg_class UNION ALL SELECT proowner, pronamespace FROM pg_proc) o(owner, schema)
              JOIN pg_namespace n ON n.oid = o.schema JOIN pg_roles r ON r.oid = o.owner
              WHERE n.nspname = %2$s AND r.rolname <> current_user AND NOT r.rolsuper;
              IF foreign_schema IS NOT NULL THEN
                RAISE EXCEPTION 'the schema %% holds tables or functions of somebody else, who could read keys: %%', %2$s, foreign_schema;
              END IF;
            END $body$;
            """;

    private Snippets() {}

    /**
     * Ends the script, with nothing done, where one of its schemas, or something in that of the keys, belongs to somebody who is neither its runner nor a
     * superuser.
     */
    static String requireOwn(Collection<String> schemas, String keySchema) {
        return fill(REQUIRE_OWN, array(schemas), SqlNames.literal(keySchema));
    }

    static String dropEarlier(Collection<String> schemas) {
        return fill(DROP, array(schemas), SqlNames.literal(MARK));
    }

    static String keys(String schema, Collection<String> domains) {
        return fill(KEYS, SqlNames.quote(schema), "decode('…', 'hex')", array(domains));
    }

    /** Ends the script, with nothing done, where the reader has another way to the data. */
    static String requireNoGrant(String reader, Collection<String> schemas) {
        return fill(REQUIRE, SqlNames.literal(reader), array(schemas), SqlNames.literal(MARK));
    }

    /** Puts texts into a template whose bodies are quoted by dollars, with a tag that none of the texts can end. */
    private static String fill(String template, String... texts) {
        String tag = "$body";
        while (String.join("", texts).contains(tag)) {
            tag += "_";
        }
        return template.replace("$body$", tag + "$").formatted((Object[]) texts);
    }

    private static String array(Collection<String> texts) {
        return texts.stream().map(SqlNames::literal).collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }
}
