/**
 * How long labs live, how many there are, and who cleans up.
 */
@NullMarked
package dev.trafficlab.lab.lifecycle;

import org.jspecify.annotations.NullMarked;
