package dev.trafficlab;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

class ModularityTests {

    /** The demo apps are a library of other Maven modules, not a module of the server. */
    private static final DescribedPredicate<JavaClass> DEMO_APPS = resideInAPackage("dev.trafficlab.demo..");

    private final ApplicationModules modules = ApplicationModules.of(TutorialServer.class, DEMO_APPS);

    @Test
    void modulesKeepTheirBorders() {
        modules.verify();
    }

    @Test
    void modulesAreDrawn() {
        new Documenter(modules).writeModulesAsPlantUml().writeModuleCanvases();
    }
}
