package dev.trafficlab.lab;

/** Tells which of several replicas of this server tidies up for all. */
@FunctionalInterface
interface LeaderElection {

    /** Whether it is this one, now. */
    boolean isOurs();
}
