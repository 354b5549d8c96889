/**
 * How much anybody may ask of this server: one place for every rate, so that one switch lifts them all, with a setting each.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.trafficlab.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
