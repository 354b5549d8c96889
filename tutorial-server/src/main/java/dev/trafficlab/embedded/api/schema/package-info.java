/** The structure of every kind, derived from fabric8's model classes: strict fields, types, defaults, list keys, OpenAPI. */
@NullMarked
package dev.trafficlab.embedded.api.schema;

import org.jspecify.annotations.NullMarked;
