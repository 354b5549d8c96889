package dev.trafficlab;

import java.time.Instant;
import java.util.Random;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packagesOf = TutorialServer.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule embeddedKnowsNoSpring = noClasses().that()
            .resideInAPackage("dev.trafficlab.embedded..")
            .should()
            .dependOnClassesThat(new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("are Spring's") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getPackageName().startsWith("org.springframework")
                            && !type.getPackageName().startsWith("org.springframework.modulith");
                }
            });

    /** From the ground up: objects, the API over them, the mesh, the pods' processes, the control loops. */
    @ArchTest
    static final ArchRule embeddedIsBuiltInLayers = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("store")
            .definedBy("dev.trafficlab.embedded.store..")
            .layer("api")
            .definedBy("dev.trafficlab.embedded.api..")
            .layer("mesh")
            .definedBy("dev.trafficlab.embedded.mesh..")
            .layer("runtime")
            .definedBy("dev.trafficlab.embedded.runtime..")
            .layer("controller")
            .definedBy("dev.trafficlab.embedded.controller..")
            .whereLayer("store")
            .mayNotAccessAnyLayer()
            .whereLayer("mesh")
            .mayNotAccessAnyLayer()
            .whereLayer("api")
            .mayOnlyAccessLayers("store")
            .whereLayer("runtime")
            .mayOnlyAccessLayers("api", "mesh")
            .whereLayer("controller")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule embeddedUsesNoKubernetesClient = noClasses().that()
            .resideInAPackage("dev.trafficlab.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..",
                    "io.fabric8.istio.client..");

    @ArchTest
    static final ArchRule pagesKnowNoKubernetes = noClasses().that()
            .resideInAPackage("dev.trafficlab.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule markdownStaysInTheCourse = noClasses().that()
            .resideOutsideOfPackage("dev.trafficlab.course..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vladsch..");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = fields().should().notBeAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule nobodyReadsTheClockBehindOurBack = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(new ArchCondition<>(
            "reside in a @NullMarked package") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                events.add(SimpleConditionEvent.violated(type, type.getName()
                        + " lies in a package without @NullMarked"));
            }
        }
    });

    @ArchTest
    static final void partsOfTheEmbeddedClusterFormNoCycle(JavaClasses classes) {
        SlicesRuleDefinition.slices()
                .matching("dev.trafficlab.embedded.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }
}
