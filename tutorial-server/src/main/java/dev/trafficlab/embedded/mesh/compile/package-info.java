/** From Kubernetes and Istio objects to route tables, by the rules of Istio's control plane. */
@NullMarked
package dev.trafficlab.embedded.mesh.compile;

import org.jspecify.annotations.NullMarked;
