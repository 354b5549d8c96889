/** The live panel: how a picture of a lab's traffic reads as HTML, and the WebSocket that keeps it up to date. */
@NullMarked
package dev.trafficlab.web.live;

import org.jspecify.annotations.NullMarked;
