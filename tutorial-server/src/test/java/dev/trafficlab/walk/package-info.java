/** The whole course, walked as a learner walks it: through the browser, through the JSON API, across a crash. */
@NullMarked
package dev.trafficlab.walk;

import org.jspecify.annotations.NullMarked;
