package dev.bauta.proxy.audit;

import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object, on one line and in ASCII, so that its bytes do not depend on anything else. Not thread-safe. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder(512).append('{');

    /** A text, or null. */
    public JsonText add(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            text.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    /** A whole number. */
    public JsonText add(String name, long value) {
        name(name).text.append(value);
        return this;
    }

    /** True or false. */
    public JsonText add(String name, boolean value) {
        name(name).text.append(value);
        return this;
    }

    /** A number of nanoseconds as milliseconds, to the microsecond. */
    public JsonText addMillis(String name, long nanos) {
        long micros = nanos / 1_000;
        String thousandths = Long.toString(1_000 + micros % 1_000).substring(1);
        name(name).text.append(micros / 1_000).append('.').append(thousandths);
        return this;
    }

    /** A list of texts. */
    public JsonText addAll(String name, Collection<String> values) {
        name(name).text.append('[');
        for (String value : values) {
            comma();
            quote(value);
        }
        text.append(']');
        return this;
    }

    /** A list of objects. */
    public <T> JsonText addObjects(String name, Collection<T> values, BiConsumer<JsonText, T> write) {
        name(name).text.append('[');
        for (T value : values) {
            comma();
            text.append('{');
            write.accept(this, value);
            text.append('}');
        }
        text.append(']');
        return this;
    }

    /** An object. */
    public <T> JsonText addObject(String name, T value, BiConsumer<JsonText, T> write) {
        name(name).text.append('{');
        write.accept(this, value);
        text.append('}');
        return this;
    }

    /** What has been written, without the brace that ends it. */
    String open() {
        return text.toString();
    }

    /** The whole object. */
    public String close() {
        return text + "}";
    }

    private JsonText name(String name) {
        comma();
        quote(name);
        text.append(':');
        return this;
    }

    private void comma() {
        char last = text.charAt(text.length() - 1);
        if (last != '{' && last != '[') {
            text.append(',');
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /** Not what it holds. */
    @Override
    public String toString() {
        return "JsonText[" + text.length() + "]";
    }
}
