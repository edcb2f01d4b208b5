package io.aftercall;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.protobuf.Any;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom; only what is ours and shipped. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/aftercall/api/"))
            .withImportOption(location -> !location.contains("/io/aftercall/bench/"))
            .importPackages("io.aftercall");

    private static final String[] MODEL = ours(
            "interaction", "policy", "disposition", "wrapup", "followup", "delivery", "agent", "forecast", "report");

    @Test
    void modelIsPure() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(MODEL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(MODEL, "java.."))
                .because("every rule of the trade is decided in memory, from arguments, and can be tested so");

        rule.check(OURS);
    }

    @Test
    void policyKnowsNoAgent() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(ours("policy", "wrapup", "interaction"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours("agent"))
                .because("an agent follows policies, a policy does not follow agents");

        rule.check(OURS);
    }

    @Test
    void engineKnowsNoFramework() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("engine"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(MODEL, "java..", "io.aftercall.engine.."))
                .because("the engine has ports and no framework, protocol or database");

        rule.check(OURS);
    }

    @Test
    void feedStandsOnTheEngine() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("feed"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(MODEL, "java..", "io.aftercall.engine..", "io.aftercall.feed.."))
                .because("readers see what the engine committed, whoever serves them");

        rule.check(OURS);
    }

    @Test
    void expiryStandsOnTheFeed() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("expiry"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        with(MODEL, "java..", "io.aftercall.engine..", "io.aftercall.feed..", "io.aftercall.expiry.."))
                .because("timers take deadlines from the feed and give commands to the engine");

        rule.check(OURS);
    }

    @Test
    void storeKnowsOnlyThePorts() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("store"))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.aftercall..")
                        .or(resideInAnyPackage(
                                with(MODEL, "io.aftercall.engine..", "io.aftercall.form..", "io.aftercall.store.."))))
                .because("a store fulfils the engine's ports and can be replaced by another");

        rule.check(OURS);
    }

    @Test
    void handOffStandsOnTheEngine() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("handoff"))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.aftercall..")
                        .or(resideInAnyPackage(with(
                                MODEL,
                                "io.aftercall.engine..",
                                "io.aftercall.security..",
                                "io.aftercall.email..",
                                "io.aftercall.handoff.."))))
                .because("what is delivered comes from the engine's queue, whoever keeps it");

        rule.check(OURS);
    }

    @Test
    void rpcKnowsNoStoreAndNoBoot() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("rpc"))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.aftercall..")
                        .or(resideInAnyPackage(with(
                                MODEL,
                                "io.aftercall.engine..",
                                "io.aftercall.feed..",
                                "io.aftercall.security..",
                                "io.aftercall.form..",
                                "io.aftercall.email..",
                                "io.aftercall.rpc..",
                                "io.aftercall.api.."))))
                .because("a service translates between the contract and the engine");

        rule.check(OURS);
    }

    @Test
    void signingInStandsOnSecurity() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("signin"))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.aftercall..")
                        .or(resideInAnyPackage("io.aftercall.security..", "io.aftercall.signin..")))
                .because("who has signed in is found out where everybody is");

        rule.check(OURS);
    }

    @Test
    void onlySigningInSpeaksToTheIssuer() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("signin"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.ext.auth..")
                .because("another library may take its place, and none but ours says who is a caller");

        rule.check(OURS);
    }

    @Test
    void onlyFormsKnowTheirLibrary() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("form"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.networknt..", "com.google.re2j..")
                .because("another library may take its place");

        rule.check(OURS);
    }

    @Test
    void onlyEmailsKnowTheirTemplates() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("email"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.qute..")
                .because("what tenants may do in templates stands in one place");

        rule.check(OURS);
    }

    @Test
    void onlyTelemetryKnowsHowMetricsAreKept() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("telemetry"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.opentelemetry..")
                .because("what is measured is told through ports, and labels are watched over in one place");

        rule.check(OURS);
    }

    @Test
    void onlyBootKnowsTelemetry() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("telemetry", "boot"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours("telemetry"))
                .because("whoever does the work need not know who looks on");

        rule.check(OURS);
    }

    @Test
    void nobodyKnowsBoot() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("boot"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours("boot"))
                .because("what puts everything together is known to nothing");

        rule.check(OURS);
    }

    @Test
    void theSimulatorIsAClient() {
        ArchRule rule = classes()
                .that()
                .resideInAnyPackage(ours("simulator"))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.aftercall..")
                        .or(resideInAnyPackage(
                                "io.aftercall.api..",
                                "io.aftercall.rpc.rest..",
                                "io.aftercall.web..",
                                "io.aftercall.simulator..")))
                .because("what it does any router can do, by the contract alone");

        rule.check(OURS);
    }

    @Test
    void onlyRpcSpeaksGrpc() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("rpc", "simulator"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.grpc..",
                        "com.google.protobuf..",
                        "com.google.rpc..",
                        "io.aftercall.api..",
                        "io.quarkus.grpc..")
                .because("the protocol stands in one place");

        rule.check(OURS);
    }

    @Test
    void onlyStoreKnowsTheDatabase() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("store"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus.hibernate..",
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "io.vertx.sqlclient..",
                        "io.vertx.pgclient..",
                        "java.sql..",
                        "org.postgresql..")
                .because("SQL and entities stand in one place");

        rule.check(OURS);
    }

    @Test
    void noCircles() {
        ArchRule rule = slices().matching("io.aftercall.(*)..")
                .should()
                .beFreeOfCycles()
                .because("whoever reads one package must not have to read all");

        rule.check(OURS);
    }

    @Test
    void timeIsAnArgument() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("boot"))
                .should()
                .callMethodWhere(describe("it reads the machine's clock", ArchitectureTest::readsClock))
                .because("the database's clock decides, and a test ticks its own");

        rule.check(OURS);
    }

    @Test
    void messagesAreNotLookedUpByTheirClass() {
        ArchRule rule = noClasses()
                .should()
                .callMethod(Any.class, "is", Class.class)
                .orShould()
                .callMethod(Any.class, "unpack", Class.class)
                .because("that is reflection, and a native image does not know the messages of google.rpc by name");

        rule.check(OURS);
    }

    @Test
    void namesSayTheJob() {
        ArchRule rule = noClasses()
                .should()
                .haveNameMatching(".*(Impl|Util|Utils|Manager)")
                .because("a class has one job and its name says it");

        rule.check(OURS);
    }

    private static boolean readsClock(JavaCall<?> call) {
        AccessTarget.CodeUnitCallTarget target = call.getTarget();
        String owner = target.getOwner().getFullName();
        boolean now = owner.startsWith("java.time.")
                && target.getName().equals("now")
                && target.getRawParameterTypes().isEmpty();
        boolean system = owner.equals("java.lang.System")
                && Set.of("currentTimeMillis", "nanoTime").contains(target.getName());
        boolean clock = Set.of("java.time.Clock", "java.time.InstantSource").contains(owner)
                && target.getName().startsWith("system");
        return now || system || clock;
    }

    private static String[] ours(String... names) {
        return Stream.of(names).map(name -> "io.aftercall." + name + "..").toArray(String[]::new);
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }
}
