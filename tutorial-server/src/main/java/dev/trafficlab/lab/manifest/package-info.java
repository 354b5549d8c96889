/**
 * Reading a manifest, and what applying it would change.
 */
@NullMarked
package dev.trafficlab.lab.manifest;

import org.jspecify.annotations.NullMarked;
