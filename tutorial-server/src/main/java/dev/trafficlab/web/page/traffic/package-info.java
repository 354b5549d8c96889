/**
 * Sending requests to a lab from the page, and the page of one request's way.
 */
@NullMarked
package dev.trafficlab.web.page.traffic;

import org.jspecify.annotations.NullMarked;
