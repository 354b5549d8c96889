/** Shows the tally of the colours as a live page. */
@NullMarked
package dev.trafficlab.demo.frontend;

import org.jspecify.annotations.NullMarked;
