/**
 * What an operator watches, as Micrometer meters named {@code trafficlab.…}: {@code docs/operation.md} lists them. Other modules do not
 * depend on it; parts that only a module itself knows (sockets, refusals, the store) bind their meters there.
 */
@ApplicationModule(allowedDependencies = {"lab", "gateway", "embedded::mesh"})
@NullMarked
package dev.trafficlab.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
