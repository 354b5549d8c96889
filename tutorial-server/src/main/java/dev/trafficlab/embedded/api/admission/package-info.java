/** What is refused before it is stored: Kubernetes' validation and the rules of Istio's webhook, in their own words. */
@NullMarked
package dev.trafficlab.embedded.api.admission;

import org.jspecify.annotations.NullMarked;
