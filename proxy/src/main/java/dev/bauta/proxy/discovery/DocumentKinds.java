package dev.bauta.proxy.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What kinds of personal data a JSON document holds, by the names of its keys and by its values. Stateless. */
final class DocumentKinds {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_VALUES = 200;

    private DocumentKinds() {}

    /** The kinds, as far as the document can be read. */
    static Set<DataKind> of(String document) {
        Set<DataKind> kinds = EnumSet.noneOf(DataKind.class);
        try (JsonParser parser = JSON.createParser(document)) {
            Optional<DataKind> key = Optional.empty();
            int seen = 0;
            for (JsonToken token = parser.nextToken();
                    token != null && seen < MOST_VALUES;
                    token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    key = key(parser.currentName());
                } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    seen++;
                    key.ifPresent(kinds::add);
                    ValueKinds.kind(parser.getText())
                            .filter(DocumentKinds::isTelling)
                            .ifPresent(kinds::add);
                }
            }
        } catch (IOException e) {
            // Cut off, since long documents are read in part, or not JSON: what was found counts.
        }
        return kinds;
    }

    private static Optional<DataKind> key(String name) {
        return Terms.SHIPPED
                .find(NameTokens.of(name))
                .filter(term -> term.strength() == Terms.Strength.STRONG || term.strength() == Terms.Strength.MEDIUM)
                .map(Terms.Term::kind);
    }

    /** A city or a name alone says too little without a key. */
    private static boolean isTelling(DataKind kind) {
        return kind != DataKind.CITY;
    }
}
