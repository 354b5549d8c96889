/** The connector of the web server: what it reads of requests before anybody judges them, and how much of it at a time. */
@NullMarked
package dev.trafficlab.gateway.connector;

import org.jspecify.annotations.NullMarked;
