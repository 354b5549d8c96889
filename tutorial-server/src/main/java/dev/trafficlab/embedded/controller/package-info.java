/**
 * Level-triggered loops that drive the objects to what they ask for.
 */
@NullMarked
package dev.trafficlab.embedded.controller;

import org.jspecify.annotations.NullMarked;
