package dev.trafficlab.course.reading;

import java.util.List;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.lab.check.ObjectKinds;

/** The kinds of checks that register themselves. */
public final class KnownChecks {

    private static final List<CheckKind> ALL = find();

    private KnownChecks() {}

    /** All of them. */
    public static List<CheckKind> all() {
        return ALL;
    }

    private static List<CheckKind> find() {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(ObjectKinds.class, AnyKind::new);
            context.scan("dev.trafficlab.lab.check");
            context.refresh();
            return List.copyOf(context.getBeansOfType(CheckKind.class).values());
        }
    }

    private static final class AnyKind implements ObjectKinds {

        @Override
        public boolean knows(String kind) {
            return !kind.equals("Servce");
        }

        @Override
        public String names() {
            return "Service, Pod";
        }
    }
}
