package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class CatalogLoaderTest {
    @Test
    void snapshotAndFingerprintBelongTogether() throws Exception {
        TestDatabase database = TestDatabase.create("CREATE TABLE t (a int PRIMARY KEY)");
        try (Connection connection = database.connect()) {
            CatalogSnapshot snapshot = CatalogLoader.load(connection);
            assertThat(snapshot.fingerprint()).isEqualTo(CatalogLoader.fingerprint(connection));
            assertThat(snapshot.findRelation(new QualifiedName("public", "t"))).isPresent();
        }
    }
}
