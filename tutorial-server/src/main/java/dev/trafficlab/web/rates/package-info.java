/** Charges each request to the limit that its handler names. */
@NullMarked
package dev.trafficlab.web.rates;

import org.jspecify.annotations.NullMarked;
