/** What every demo app is made of: one interface, served in-process by the embedded cluster or over HTTP by a {@code main}. */
@NullMarked
package dev.trafficlab.demo;

import org.jspecify.annotations.NullMarked;
