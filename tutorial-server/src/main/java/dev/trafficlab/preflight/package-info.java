/**
 * Tells whether a real cluster has what labs need, and what to run where it has not.
 */
@ApplicationModule(allowedDependencies = {"cluster"})
@NullMarked
package dev.trafficlab.preflight;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
