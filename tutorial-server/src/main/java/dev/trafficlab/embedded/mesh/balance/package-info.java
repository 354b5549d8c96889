/** Clusters as Envoy knows them: endpoints, load balancers, rings, circuit breakers, outlier detection. Knows nothing of routes. */
@NullMarked
package dev.trafficlab.embedded.mesh.balance;

import org.jspecify.annotations.NullMarked;
