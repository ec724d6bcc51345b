package dev.bauta.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of the proxy. */
@AnalyzeClasses(
        packages = {
            "dev.bauta.proxy",
            "dev.bauta.proxy.session",
            "dev.bauta.proxy.wire",
            "dev.bauta.proxy.trail",
            "dev.bauta.proxy.tls",
            "dev.bauta.proxy.files",
            "dev.bauta.proxy.postgres",
            "dev.bauta.proxy.authentication",
            "dev.bauta.proxy.review"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
    @ArchTest
    static final ArchRule WIRE_KNOWS_NO_SESSIONS = noClasses()
            .that()
            .resideInAPackage("dev.bauta.proxy.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.bauta.engine", "dev.bauta.proxy", "dev.bauta.proxy.session");

    @ArchTest
    static final ArchRule TLS_FILES_AND_AUTHENTICATION_KNOW_NO_SESSIONS = noClasses()
            .that()
            .resideInAnyPackage("dev.bauta.proxy.tls", "dev.bauta.proxy.files", "dev.bauta.proxy.authentication")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.bauta.engine", "dev.bauta.proxy", "dev.bauta.proxy.session", "dev.bauta.proxy.wire");

    @ArchTest
    static final ArchRule THE_CHOICE_OF_A_SERVER_KNOWS_NO_SESSIONS = noClasses()
            .that()
            .resideInAPackage("dev.bauta.proxy.postgres")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.bauta.engine",
                    "dev.bauta.proxy",
                    "dev.bauta.proxy.session",
                    "dev.bauta.proxy.serving",
                    "dev.bauta.proxy.catalog");

    @ArchTest
    static final ArchRule THE_TRAIL_KNOWS_NO_SESSIONS = noClasses()
            .that()
            .resideInAPackage("dev.bauta.proxy.trail")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.bauta.proxy", "dev.bauta.proxy.session");

    @ArchTest
    static final ArchRule REVIEWS_KNOW_NO_SESSIONS_AND_NO_COMMANDS = noClasses()
            .that()
            .resideInAPackage("dev.bauta.proxy.review")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.bauta.proxy",
                    "dev.bauta.proxy.session",
                    "dev.bauta.proxy.serving",
                    "dev.bauta.proxy.wire",
                    "dev.bauta.proxy.command");

    @ArchTest
    static final ArchRule SESSIONS_KNOW_NO_SERVER = noClasses()
            .that()
            .resideInAPackage("dev.bauta.proxy.session")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.bauta.proxy");

    @ArchTest
    static final ArchRule THE_RELAY_KNOWS_NO_JDBC = classes()
            .that()
            .resideInAnyPackage("dev.bauta.proxy.session", "dev.bauta.proxy.wire", "dev.bauta.proxy.trail")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("java.sql..", "org.postgresql..", "com.zaxxer..");
}
