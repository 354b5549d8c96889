/** Answers every request with what it received. */
@NullMarked
package dev.trafficlab.demo.echo;

import org.jspecify.annotations.NullMarked;
