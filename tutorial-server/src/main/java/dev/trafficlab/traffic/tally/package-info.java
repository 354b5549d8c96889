/** What became of requests: counted by the lab's own tally and by this server, beside what the routes ask for. */
@NullMarked
package dev.trafficlab.traffic.tally;

import org.jspecify.annotations.NullMarked;
