/**
 * Requests sent for the learner, and what became of them: tally, split, statistics, feed.
 */
@ApplicationModule(allowedDependencies = {"cluster", "course", "gateway", "embedded::mesh", "embedded::plan", "limits"})
@NullMarked
package dev.trafficlab.traffic;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
