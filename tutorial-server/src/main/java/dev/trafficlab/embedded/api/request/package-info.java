/**
 * How a request is read: its path, its query and its body.
 */
@NullMarked
package dev.trafficlab.embedded.api.request;

import org.jspecify.annotations.NullMarked;
