/**
 * The way in for HTTP traffic: a learner's ingress gateway, embedded or real.
 */
@ApplicationModule(allowedDependencies = {"cluster", "embedded", "embedded::mesh", "embedded::plan", "forwarded",
    "limits"})
@NullMarked
package dev.trafficlab.gateway;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
