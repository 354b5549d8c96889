/**
 * A learner's world: life cycle, apply, check, progress, reset. State lives on the lab's Namespace alone.
 */
@ApplicationModule(allowedDependencies = {"course", "cluster", "cluster::analysis", "traffic", "embedded",
    "embedded::analysis", "embedded::mesh",
    "embedded::plan", "embedded::yaml"})
@NullMarked
package dev.trafficlab.lab;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
