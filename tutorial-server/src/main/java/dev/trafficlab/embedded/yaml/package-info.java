/** YAML that a stranger wrote, read within bounds: no deep nesting, no huge numbers. */
@NamedInterface("yaml")
@NullMarked
package dev.trafficlab.embedded.yaml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
