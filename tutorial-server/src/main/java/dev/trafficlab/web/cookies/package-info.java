/**
 * This server's own cookies: what they are called, where they hold, and how what they say is kept from being made up. All that the server
 * must remember of a browser is in them, so that any replica serves any request.
 */
@NullMarked
package dev.trafficlab.web.cookies;

import org.jspecify.annotations.NullMarked;
