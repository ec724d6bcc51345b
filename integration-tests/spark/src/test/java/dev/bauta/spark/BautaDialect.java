package dev.bauta.spark;

// tag::dialect[]
import java.sql.Connection;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.apache.spark.sql.jdbc.JdbcType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MetadataBuilder;
import scala.Option;
import scala.collection.immutable.Map;

/** Has Spark treat Bauta's URLs as PostgreSQL's. */
public final class BautaDialect extends JdbcDialect {
    private static final JdbcDialect POSTGRESQL = JdbcDialects.get("jdbc:postgresql:");

    @Override
    public boolean canHandle(String url) {
        return url.startsWith("jdbc:bauta:postgresql:");
    }

    @Override
    public Option<DataType> getCatalystType(int type, String name, int size, MetadataBuilder metadata) {
        return POSTGRESQL.getCatalystType(type, name, size, metadata);
    }

    @Override
    public Option<JdbcType> getJDBCType(DataType type) {
        return POSTGRESQL.getJDBCType(type);
    }

    @Override
    public void beforeFetch(Connection connection, Map<String, String> properties) {
        POSTGRESQL.beforeFetch(connection, properties);
    }
}
// end::dialect[]
