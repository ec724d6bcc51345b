package dev.bauta;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Which package of the engine may know which, as {@code docs/architecture.md} has it, and how classes are not named. */
@AnalyzeClasses(packages = "dev.bauta", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.bauta.";
    private static final String GENERATED = "dev.bauta.parser.generated..";

    /** What each package may know of ours; a package that is not here must not exist. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("lexer", Set.of()),
            entry("catalog", Set.of()),
            entry("refusal", Set.of()),
            entry("text", Set.of()),
            entry("mask", Set.of("catalog", "lexer", "text")),
            entry("yaml", Set.of("text")),
            entry("rulefile", Set.of("yaml", "text", "mask", "catalog", "lexer")),
            entry("annotation", Set.of("rulefile", "yaml", "mask", "catalog")),
            entry("policy", Set.of("annotation", "rulefile", "yaml", "mask", "catalog")),
            entry("gate", Set.of("lexer", "rulefile", "policy", "catalog", "refusal")),
            entry("parser", Set.of("lexer")),
            entry("rewrite", Set.of("lexer", "parser", "policy", "mask", "catalog", "refusal")),
            entry(
                    "engine",
                    Set.of(
                            "lexer",
                            "catalog",
                            "refusal",
                            "text",
                            "mask",
                            "rulefile",
                            "policy",
                            "gate",
                            "parser",
                            "rewrite")));

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.bauta.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_PARSER_KNOWS_CALCITE = noClasses()
            .that(resideOutsideOfPackage("dev.bauta.parser.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.calcite..");

    /** The conformance is the one thing in the validator's package that the parser itself is set up with. */
    @ArchTest
    static final ArchRule NOTHING_KNOWS_CALCITES_PLANNER =
            noClasses().that(resideOutsideOfPackage(GENERATED)).should().dependOnClassesThat(planner());

    @ArchTest
    static final ArchRule ONLY_CATALOG_KNOWS_THE_POSTGRESQL_DRIVER = noClasses()
            .that(resideOutsideOfPackage("dev.bauta.catalog.."))
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.postgresql..").and(valuesOfTheDriver().negate()));

    /** Masks in Java take and give the driver's own values. */
    @ArchTest
    static final ArchRule ONLY_CATALOG_AND_MASK_KNOW_VALUES_OF_THE_DRIVER = noClasses()
            .that(resideOutsideOfPackage("dev.bauta.catalog..").and(resideOutsideOfPackage("dev.bauta.mask..")))
            .should()
            .dependOnClassesThat(valuesOfTheDriver());

    @ArchTest
    static final ArchRule ONLY_YAML_READS_YAML = noClasses()
            .that(resideOutsideOfPackage("dev.bauta.yaml.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "org.yaml..");

    /** Addresses are values: from where a client came, and what the rule file says of that. */
    @ArchTest
    static final ArchRule THE_ENGINE_HAS_NO_NETWORK = noClasses().should().dependOnClassesThat(network());

    @ArchTest
    static final ArchRule LOGGING_IS_SLF4J = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED =
            noClasses().that(resideOutsideOfPackage(GENERATED)).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_DOES = noClasses()
            .that(resideOutsideOfPackage(GENERATED))
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Info)");

    @ArchTest
    static void packagesKnowWhatTheyMay(JavaClasses classes) {
        ARROWS.forEach((name, known) -> {
            String[] packages = Stream.concat(Stream.of(name), known.stream())
                    .map(each -> ROOT + each + "..")
                    .toArray(String[]::new);
            classes()
                    .that(resideInAPackage(ROOT + name + ".."))
                    .should()
                    .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + ".").or(resideInAnyPackage(packages)))
                    .check(classes);
        });
    }

    @ArchTest
    static void packagesAreThoseThatHaveArrows(JavaClasses classes) {
        Set<String> packages = classes.stream()
                .map(each -> each.getPackageName().substring(ROOT.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
        assertThat(packages).isEqualTo(ARROWS.keySet());
    }

    @ArchTest
    static void packagesSayWhatMayBeNull(JavaClasses classes) {
        Set<String> unmarked = classes.stream()
                .filter(resideOutsideOfPackage(GENERATED))
                .map(JavaClass::getPackage)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(each -> each.getName())
                .collect(Collectors.toSet());
        assertThat(unmarked).isEmpty();
    }

    private static DescribedPredicate<JavaClass> planner() {
        return resideInAnyPackage(
                        "org.apache.calcite.plan..",
                        "org.apache.calcite.rel..",
                        "org.apache.calcite.rex..",
                        "org.apache.calcite.schema..",
                        "org.apache.calcite.prepare..",
                        "org.apache.calcite.tools..",
                        "org.apache.calcite.interpreter..",
                        "org.apache.calcite.jdbc..",
                        "org.apache.calcite.sql2rel..",
                        "org.apache.calcite.sql.validate..")
                .and(simpleNameStartingWith("SqlConformance").negate())
                .as("are of Calcite's planner or validator");
    }

    private static DescribedPredicate<JavaClass> valuesOfTheDriver() {
        return resideInAnyPackage("org.postgresql.util", "org.postgresql.geometric")
                .and(simpleNameStartingWith("PG"));
    }

    /** An address is a value by which a role is found; nothing is connected to. */
    private static DescribedPredicate<JavaClass> network() {
        return resideInAnyPackage("io.netty..", "java.net..", "com.zaxxer..")
                .and(DescribedPredicate.not(belongToAnyOf(InetAddress.class, UnknownHostException.class)));
    }
}
