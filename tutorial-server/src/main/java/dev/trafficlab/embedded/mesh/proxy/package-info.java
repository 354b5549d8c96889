/** What one Envoy does with a request once its table is known: faults, CORS, headers, the router with its retries, its own answers. */
@NullMarked
package dev.trafficlab.embedded.mesh.proxy;

import org.jspecify.annotations.NullMarked;
