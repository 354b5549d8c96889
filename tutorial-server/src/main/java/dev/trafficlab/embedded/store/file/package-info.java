/**
 * The store's file: its records, how it is written, and how it is opened again.
 */
@NullMarked
package dev.trafficlab.embedded.store.file;

import org.jspecify.annotations.NullMarked;
