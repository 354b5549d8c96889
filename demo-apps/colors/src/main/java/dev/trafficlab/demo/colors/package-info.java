/** Paints its whole page in one colour and tells the logging backend. */
@NullMarked
package dev.trafficlab.demo.colors;

import org.jspecify.annotations.NullMarked;
