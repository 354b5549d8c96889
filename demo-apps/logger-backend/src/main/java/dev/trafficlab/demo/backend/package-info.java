/** Keeps the tally of the colours served. */
@NullMarked
package dev.trafficlab.demo.backend;

import org.jspecify.annotations.NullMarked;
