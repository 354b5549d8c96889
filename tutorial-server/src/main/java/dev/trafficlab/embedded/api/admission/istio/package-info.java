/** The rules of Istio's validating webhook, in its words. */
@NullMarked
package dev.trafficlab.embedded.api.admission.istio;

import org.jspecify.annotations.NullMarked;
