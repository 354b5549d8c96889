/** The tutorial server. One package a module; package-info of each names what it may depend on. */
@NullMarked
package dev.trafficlab;

import org.jspecify.annotations.NullMarked;
