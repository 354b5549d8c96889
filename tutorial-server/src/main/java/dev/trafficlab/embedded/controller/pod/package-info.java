/**
 * The control loop of pods, and the kubelet of the only node.
 */
@NullMarked
package dev.trafficlab.embedded.controller.pod;

import org.jspecify.annotations.NullMarked;
