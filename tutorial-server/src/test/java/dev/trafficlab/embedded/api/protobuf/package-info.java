@NullMarked
package dev.trafficlab.embedded.api.protobuf;

import org.jspecify.annotations.NullMarked;
