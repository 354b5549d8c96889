/** What an operator can watch. */
@NullMarked
package dev.trafficlab.metrics;

import org.jspecify.annotations.NullMarked;
