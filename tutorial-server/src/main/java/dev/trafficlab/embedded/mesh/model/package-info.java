/** Kubernetes and Istio objects as Istio's control plane understands them: names completed, delegates and DestinationRules merged. */
@NullMarked
package dev.trafficlab.embedded.mesh.model;

import org.jspecify.annotations.NullMarked;
