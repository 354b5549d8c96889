/** Label and field selectors as queries and objects write them. */
@NullMarked
package dev.trafficlab.embedded.api.selector;

import org.jspecify.annotations.NullMarked;
