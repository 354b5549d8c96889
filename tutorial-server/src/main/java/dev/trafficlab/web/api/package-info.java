/**
 * The JSON API under {@code /api/v1}: what a learner's pages can do, for programs. Every error is a problem document (RFC 9457).
 */
@NullMarked
package dev.trafficlab.web.api;

import org.jspecify.annotations.NullMarked;
