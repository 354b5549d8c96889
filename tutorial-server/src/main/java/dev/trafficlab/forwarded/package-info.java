/**
 * Who asks, and by which address of this server, where proxies stand between: forwarded headers count from trusted proxies alone.
 * {@link dev.trafficlab.forwarded.TrustedProxies} reads them, for the servlets and for whatever answers ahead of these.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.trafficlab.forwarded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
