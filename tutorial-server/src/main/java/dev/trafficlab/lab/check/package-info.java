/**
 * Checks: each kind is one class that reads what an author wrote and looks whether it holds. A new kind is a new class; nothing lists them.
 */
@NullMarked
package dev.trafficlab.lab.check;

import org.jspecify.annotations.NullMarked;
