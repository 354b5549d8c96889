/**
 * Where labs live: their namespaces, their records and their credentials, embedded or in a shared cluster.
 */
@NullMarked
package dev.trafficlab.lab.backend;

import org.jspecify.annotations.NullMarked;
