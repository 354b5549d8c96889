/**
 * The control loops of Services and of their endpoints.
 */
@NullMarked
package dev.trafficlab.embedded.controller.network;

import org.jspecify.annotations.NullMarked;
