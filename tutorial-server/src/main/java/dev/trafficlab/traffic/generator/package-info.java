/** Sends requests on the learner's behalf, once or for as long as somebody watches. */
@NullMarked
package dev.trafficlab.traffic.generator;

import org.jspecify.annotations.NullMarked;
