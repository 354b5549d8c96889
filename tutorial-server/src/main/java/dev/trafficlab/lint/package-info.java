/**
 * The argument {@code --lint}: courses are read, and walked on a cluster of the linter's own, without a server.
 */
@ApplicationModule(allowedDependencies = {"course", "course::reading", "lab", "traffic"})
@NullMarked
package dev.trafficlab.lint;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
