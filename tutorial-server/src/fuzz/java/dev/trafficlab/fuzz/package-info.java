/**
 * Fuzz tests (Jazzer). In an ordinary build each runs over its seeds, which lie beside it in the test resources; {@code mvn -Pfuzz
 * verify} fuzzes every one for {@code fuzz.duration} and writes its figures to {@code target/fuzz}. A class holds one fuzz test, as
 * Jazzer fuzzes one in a JVM.
 */
@NullMarked
package dev.trafficlab.fuzz;

import org.jspecify.annotations.NullMarked;
