/**
 * The control loops of Deployments and ReplicaSets.
 */
@NullMarked
package dev.trafficlab.embedded.controller.workload;

import org.jspecify.annotations.NullMarked;
