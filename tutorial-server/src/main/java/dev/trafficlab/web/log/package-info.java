/** What a line of the log says about the request that it belongs to. */
@NullMarked
package dev.trafficlab.web.log;

import org.jspecify.annotations.NullMarked;
