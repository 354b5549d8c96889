/** Checks of how a lab behaves: what its routes do with requests, and what comes back. */
@NullMarked
package dev.trafficlab.lab.check.traffic;

import org.jspecify.annotations.NullMarked;
