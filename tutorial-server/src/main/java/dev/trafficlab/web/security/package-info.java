/**
 * Who may do what over HTTP, and how often: learners by their lab's secret, the instructor by password, everybody within limits.
 */
@NullMarked
package dev.trafficlab.web.security;

import org.jspecify.annotations.NullMarked;
