/**
 * How an answer is written: representations, warnings, discovery.
 */
@NullMarked
package dev.trafficlab.embedded.api.response;

import org.jspecify.annotations.NullMarked;
