/** What one learner can do to the others: each attack runs against a server of its own while another lab is timed. */
@NullMarked
package dev.trafficlab.attack;

import org.jspecify.annotations.NullMarked;
