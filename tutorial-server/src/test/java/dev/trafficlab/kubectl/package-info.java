/** The embedded Kubernetes as the real kubectl meets it, with the kubeconfig that a learner is handed. */
@NullMarked
package dev.trafficlab.kubectl;

import org.jspecify.annotations.NullMarked;
