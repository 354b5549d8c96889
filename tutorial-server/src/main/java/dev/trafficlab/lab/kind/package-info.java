/**
 * The kinds of objects that make up a lab.
 */
@NullMarked
package dev.trafficlab.lab.kind;

import org.jspecify.annotations.NullMarked;
