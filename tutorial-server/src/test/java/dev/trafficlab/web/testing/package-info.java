/** What the pages stand on, as small hand-written fakes, and a server that shows the pages on them. */
@NullMarked
package dev.trafficlab.web.testing;

import org.jspecify.annotations.NullMarked;
