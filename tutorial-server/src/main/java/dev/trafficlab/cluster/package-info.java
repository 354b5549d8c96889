/**
 * A Kubernetes client for a lab, on the embedded cluster or a real one.
 */
@ApplicationModule(allowedDependencies = {"embedded", "embedded::analysis", "embedded::api", "embedded::mesh",
    "embedded::store",
    "embedded::stream", "limits"})
@NullMarked
package dev.trafficlab.cluster;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
