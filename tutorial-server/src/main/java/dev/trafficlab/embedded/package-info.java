/**
 * Our own Kubernetes with a mesh, in this process. No Spring, no fabric8 client; usable on its own.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.trafficlab.embedded;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
