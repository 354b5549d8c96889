/**
 * The ingress gateway of a real cluster, and the services reached through its API server.
 */
@NullMarked
package dev.trafficlab.gateway.real;

import org.jspecify.annotations.NullMarked;
