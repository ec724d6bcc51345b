package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.catalog.NodeTree.Atom;
import dev.bauta.catalog.NodeTree.Items;
import dev.bauta.catalog.NodeTree.MalformedTreeException;
import dev.bauta.catalog.NodeTree.Node;
import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTreeTest {
    @Test
    void readsNodesListsAndAtoms() throws Exception {
        assertThat(NodeTree.parse("({A :x 1 :bytes 2 [ 1 -2 ] :name :y\\ z :list (b 8 9)} \"q\\)\" <>)"))
                .isEqualTo(new Items(List.of(
                        new Node(
                                "A",
                                Map.of(
                                        "x", new Atom("1"),
                                        "bytes", new Atom("2"),
                                        "name", new Atom(":y\\ z"),
                                        "list", new Items(List.of(new Atom("b"), new Atom("8"), new Atom("9"))))),
                        new Atom("\"q\\)\""),
                        new Atom("<>"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "(", ")", "{A", "{A :x", "{A :x }", "{A x 1}", "{A :x 1 :x 2}", "() ()", "a b", "{A :x 1 :"})
    void refusesWhatIsNoTree(String text) {
        assertThatThrownBy(() -> NodeTree.parse(text)).isInstanceOf(MalformedTreeException.class);
    }

    @Test
    void refusesDepthThatCouldExhaustTheStack() {
        assertThatThrownBy(() -> NodeTree.parse("(".repeat(100_000))).isInstanceOf(MalformedTreeException.class);
    }

    @Test
    void readsEveryRuleOfTheSystemViews() throws Exception {
        TestDatabase database = TestDatabase.create();
        int count = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ev_action::text FROM pg_rewrite")) {
            while (rows.next()) {
                TreeReferences references = new TreeReferences();
                references.add(NodeTree.parse(rows.getString(1)));
                count++;
            }
        }
        assertThat(count).isGreaterThan(100);
    }
}
