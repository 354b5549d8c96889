/**
 * What is in a lab, for people to look at: the drawing of its traffic's way, the tree of its objects, their YAML, events and logs. Reads
 * only; asks the cluster alone.
 */
@ApplicationModule(allowedDependencies = {"cluster", "cluster::analysis", "course", "embedded::analysis"})
@NullMarked
package dev.trafficlab.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
