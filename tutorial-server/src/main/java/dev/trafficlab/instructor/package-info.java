/**
 * The classroom as its instructor sees it: every lab, reset one or all. Nobody depends on it.
 */
@ApplicationModule(allowedDependencies = {"lab", "course"})
@NullMarked
package dev.trafficlab.instructor;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
