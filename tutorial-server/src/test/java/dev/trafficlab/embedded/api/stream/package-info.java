/** Tests of answers that go on. */
@NullMarked
package dev.trafficlab.embedded.api.stream;

import org.jspecify.annotations.NullMarked;
