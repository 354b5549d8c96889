/**
 * Applying a manifest to a lab, and what follows from it in the cluster.
 */
@NullMarked
package dev.trafficlab.lab.apply;

import org.jspecify.annotations.NullMarked;
