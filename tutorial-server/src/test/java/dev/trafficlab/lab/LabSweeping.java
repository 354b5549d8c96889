package dev.trafficlab.lab;

import org.springframework.context.ApplicationContext;

import dev.trafficlab.lab.lifecycle.IdleLabReaper;
import dev.trafficlab.lab.lifecycle.LeaderElection;

/** Lets a test of whole servers look at who tidies up, and have it done now instead of in some minutes. */
public final class LabSweeping {

    private LabSweeping() {}

    /** Whether it is the server's turn. */
    public static boolean isElected(ApplicationContext server) {
        return server.getBean(LeaderElection.class).isOurs();
    }

    /** What the server does every few minutes. */
    public static void sweep(ApplicationContext server) {
        server.getBean(IdleLabReaper.class).sweep();
    }
}
