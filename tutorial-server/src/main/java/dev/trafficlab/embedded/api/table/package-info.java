/** Objects as the tables that {@code kubectl get} prints: the columns of Kubernetes' own printers and of Istio's CRDs. */
@NullMarked
package dev.trafficlab.embedded.api.table;

import org.jspecify.annotations.NullMarked;
