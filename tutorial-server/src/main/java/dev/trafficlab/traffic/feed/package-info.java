/** Shows pictures of a lab's traffic to all who watch it. */
@NullMarked
package dev.trafficlab.traffic.feed;

import org.jspecify.annotations.NullMarked;
