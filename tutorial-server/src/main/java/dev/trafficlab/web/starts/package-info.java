/**
 * Who may start a lab when. A class starts all at once from one address, and so does a bot: a browser that has read a page of ours has
 * more room than a program, and where that room is used up it waits in line and starts by itself.
 */
@NullMarked
package dev.trafficlab.web.starts;

import org.jspecify.annotations.NullMarked;
