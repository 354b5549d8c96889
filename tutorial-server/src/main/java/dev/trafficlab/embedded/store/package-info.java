/**
 * The objects of all namespaces with one global revision, durable and watched.
 */
@NullMarked
package dev.trafficlab.embedded.store;

import org.jspecify.annotations.NullMarked;
