import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.ToolProvider;

/**
 * Writes a forwarding base class for each interface of java.sql that a connection can lead to, so that no method is
 * forgotten when the JDBC API grows. Each method forwards to the raw object, sends what comes back through
 * {@code Wraps.wrap} where it could be a raw object, takes the wrapper off arguments that could be ours, and translates
 * exceptions. A method with behaviour is overridden by hand.
 *
 * <p>The interfaces are read as the release given as argument has them, whatever the version of the running JDK. A file is
 * written only when its content changes. Usage: {@code java ForwardingGenerator.java DIRECTORY RELEASE}.
 */
public final class ForwardingGenerator {
    private static final String PACKAGE = "dev.bauta.jdbc.wrap";

    /** Interface to the superclass of its forwarding class. */
    private static final Map<String, String> ABSTRACT = new LinkedHashMap<>();

    static {
        ABSTRACT.put("Connection", "Wrapped<R>");
        ABSTRACT.put("Statement", "Wrapped<R>");
        ABSTRACT.put("PreparedStatement", "BautaStatement<R>");
        ABSTRACT.put("CallableStatement", "BautaPreparedStatement<R>");
        ABSTRACT.put("ResultSet", "Wrapped<R>");
        ABSTRACT.put("DatabaseMetaData", "Wrapped<R>");
        ABSTRACT.put("Array", "Wrapped<R>");
    }

    /** Interfaces without behaviour of ours: the generated class is the whole wrapper. */
    private static final List<String> FINAL = List.of(
            "ResultSetMetaData",
            "ParameterMetaData",
            "Blob",
            "Clob",
            "NClob",
            "SQLXML",
            "Savepoint",
            "RowId",
            "Struct",
            "Ref");

    /** Argument types that can be wrappers of ours. */
    private static final Set<String> UNWRAPPED = Set.of(
            "java.lang.Object",
            "java.lang.Object[]",
            "java.sql.Array",
            "java.sql.Blob",
            "java.sql.Clob",
            "java.sql.NClob",
            "java.sql.Ref",
            "java.sql.RowId",
            "java.sql.SQLXML",
            "java.sql.Savepoint",
            "java.sql.Struct");

    /** Methods of ResultSet for which the PostgreSQL driver sends statements of its own, or is going to. */
    private static final Pattern UPDATES =
            Pattern.compile("update.*|insertRow|deleteRow|refreshRow|cancelRowUpdates|moveTo(Insert|Current)Row");

    /** Methods for which it asks or sets something, by the interface; Bauta has transactions of its own meanwhile. */
    private static final Map<String, Pattern> ASKS = Map.of(
            "Connection",
            Pattern.compile("[gs]etTransactionIsolation|setReadOnly|setSavepoint|releaseSavepoint|getSchema"),
            "DatabaseMetaData",
            Pattern.compile(".*"),
            "ResultSetMetaData",
            Pattern.compile("isAutoIncrement|isNullable|get(Schema|Table)Name"));

    private final Elements elements;

    private ForwardingGenerator(Elements elements) {
        this.elements = elements;
    }

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]).resolve(PACKAGE.replace('.', '/'));
        Files.createDirectories(directory);
        List<String> options = List.of("--release", args[1], "-proc:none");
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, options, null, null);
        ForwardingGenerator generator = new ForwardingGenerator(task.getElements());
        for (Map.Entry<String, String> entry : ABSTRACT.entrySet()) {
            String name = "Forwarding" + entry.getKey();
            write(directory.resolve(name + ".java"), generator.abstractClass(name, entry.getKey(), entry.getValue()));
        }
        for (String simple : FINAL) {
            String name = "Forwarding" + simple;
            write(directory.resolve(name + ".java"), generator.finalClass(name, simple));
        }
    }

    private static void write(Path file, String content) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(content)) {
            Files.writeString(file, content);
        }
    }

    private String abstractClass(String name, String simple, String superclass) {
        TypeElement type = elements.getTypeElement("java.sql." + simple);
        return head()
                + "abstract class " + name + "<R extends java.sql." + simple + "> extends " + superclass
                + " implements java.sql." + simple + " {\n"
                + constructor(name, "R", superclass)
                + (simple.equals("ResultSet") ? requireUpdatable() : "")
                + methods(type, superclass.startsWith("Wrapped"))
                + "}\n";
    }

    private String finalClass(String name, String simple) {
        TypeElement type = elements.getTypeElement("java.sql." + simple);
        return head()
                + "final class " + name + " extends Wrapped<java.sql." + simple + "> implements java.sql." + simple
                + " {\n"
                + constructor(name, "java.sql." + simple, "Wrapped")
                + methods(type, true)
                + "}\n";
    }

    private static String head() {
        return "package " + PACKAGE + ";\n\n"
                + "/** Written by ForwardingGenerator. */\n"
                + "@org.jspecify.annotations.NullUnmarked\n"
                + "@SuppressWarnings({\"deprecation\", \"unchecked\"})\n";
    }

    private static String constructor(String name, String raw, String superclass) {
        boolean prepared = superclass.startsWith("BautaPreparedStatement");
        String parameters = "(" + raw + " raw, Wraps wraps" + (prepared ? ", Prepared prepared" : "") + ") {\n";
        if (!superclass.startsWith("Wrapped")) {
            return "    " + name + parameters + "        super(raw, wraps" + (prepared ? ", prepared" : "") + ");\n    }\n";
        }
        return "    private final " + raw + " raw;\n\n    " + name + parameters
                + "        super(wraps);\n        this.raw = raw;\n    }\n\n"
                + "    @Override\n    final " + raw + " raw() {\n        return raw;\n    }\n";
    }

    private static String requireUpdatable() {
        return "\n    /** Called before a method that updates, inserts, deletes or reads the current row again. */\n"
                + "    void requireUpdatable(String method) throws java.sql.SQLException {\n"
                + "        throw new java.sql.SQLFeatureNotSupportedException(method);\n    }\n";
    }

    /** All methods but those of java.sql.Wrapper and Object, which {@code Wrapped} has once for all. */
    private String methods(TypeElement type, boolean inherited) {
        List<ExecutableElement> all = new ArrayList<>(ElementFilter.methodsIn(type.getEnclosedElements()));
        if (inherited) {
            type.getInterfaces().forEach(parent -> all.addAll(ElementFilter.methodsIn(
                    ((TypeElement) ((DeclaredType) parent).asElement()).getEnclosedElements())));
        }
        Set<String> done = Set.of("unwrap", "isWrapperFor", "equals", "hashCode", "toString");
        Map<String, ExecutableElement> bySignature = new LinkedHashMap<>();
        all.stream()
                .filter(method -> !method.getModifiers().contains(Modifier.STATIC))
                .filter(method -> !done.contains(method.getSimpleName().toString()))
                .forEach(method -> bySignature.putIfAbsent(method.toString(), method));
        return bySignature.values().stream()
                .sorted(Comparator.comparing(ExecutableElement::toString))
                .map(this::method)
                .collect(Collectors.joining());
    }

    private String method(ExecutableElement method) {
        String call = "raw().%s(%s)".formatted(method.getSimpleName(), arguments(method));
        boolean isVoid = method.getReturnType().getKind() == TypeKind.VOID;
        String value = canBeRaw(method.getReturnType()) ? "wraps().wrap(" + call + ", this)" : call;
        String body = isVoid ? call + ";" : "return " + value + ";";
        if (method.getEnclosingElement().getSimpleName().contentEquals("ResultSet")
                && UPDATES.matcher(method.getSimpleName()).matches()) {
            body = "requireUpdatable(\"" + method.getSimpleName() + "\");\n            " + body;
        }
        boolean translates = method.getThrownTypes().stream()
                .anyMatch(thrown -> thrown.toString().equals("java.sql.SQLException"));
        if (translates && isAsked(method)) {
            body = isVoid
                    ? "wraps().link().alone(() -> {\n                " + body
                            + "\n                return null;\n            });"
                    : "return wraps().link().alone(() -> " + value + ");";
        }
        if (translates) {
            body = "try {\n            " + body
                    + "\n        } catch (java.sql.SQLException e) {\n            throw wraps().translate(e);\n        }";
        }
        return "\n    @Override\n    public " + typeParameters(method) + method.getReturnType() + " "
                + method.getSimpleName() + "(" + parameters(method) + ")" + thrown(method) + " {\n        " + body
                + "\n    }\n";
    }

    private static boolean isAsked(ExecutableElement method) {
        Pattern asked = ASKS.get(method.getEnclosingElement().getSimpleName().toString());
        return asked != null && asked.matcher(method.getSimpleName()).matches();
    }

    private static String typeParameters(ExecutableElement method) {
        return method.getTypeParameters().isEmpty()
                ? ""
                : method.getTypeParameters().stream()
                        .map(ForwardingGenerator::typeParameter)
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String typeParameter(TypeParameterElement parameter) {
        String bounds = parameter.getBounds().stream().map(Object::toString).collect(Collectors.joining(" & "));
        return parameter + " extends " + bounds;
    }

    private static String parameters(ExecutableElement method) {
        return method.getParameters().stream()
                .map(parameter -> parameter.asType() + " " + name(method, parameter))
                .collect(Collectors.joining(", "));
    }

    private static String arguments(ExecutableElement method) {
        return method.getParameters().stream()
                .map(parameter -> UNWRAPPED.contains(parameter.asType().toString())
                        ? "wraps().unwrap(" + name(method, parameter) + ")"
                        : name(method, parameter))
                .collect(Collectors.joining(", "));
    }

    private static String name(ExecutableElement method, VariableElement parameter) {
        return "a" + (method.getParameters().indexOf(parameter) + 1);
    }

    private static String thrown(ExecutableElement method) {
        return method.getThrownTypes().isEmpty()
                ? ""
                : method.getThrownTypes().stream().map(Object::toString).collect(Collectors.joining(", ", " throws ", ""));
    }

    /** True for interfaces of java.sql, Object, arrays of Object and type variables: their values can be raw objects. */
    private static boolean canBeRaw(TypeMirror type) {
        String name = type.toString();
        return type.getKind() == TypeKind.TYPEVAR
                || name.equals("java.lang.Object")
                || name.equals("java.lang.Object[]")
                || name.equals("java.sql.SQLWarning")
                || type.getKind() == TypeKind.DECLARED
                        && ((DeclaredType) type).asElement().getKind().isInterface()
                        && name.startsWith("java.sql.");
    }
}
