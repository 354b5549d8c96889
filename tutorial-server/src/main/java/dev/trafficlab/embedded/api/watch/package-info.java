/**
 * Answers that go on: watches and followed logs.
 */
@NullMarked
package dev.trafficlab.embedded.api.watch;

import org.jspecify.annotations.NullMarked;
