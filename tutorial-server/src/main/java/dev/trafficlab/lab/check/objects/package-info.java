/** Checks of what is in a lab: its objects, their fields and the logs of its pods. */
@NullMarked
package dev.trafficlab.lab.check.objects;

import org.jspecify.annotations.NullMarked;
