package dev.trafficlab.lab.lifecycle;

/** Tells which of several replicas of this server tidies up for all. */
@FunctionalInterface
public interface LeaderElection {

    /** Whether it is this one, now. */
    boolean isOurs();
}
