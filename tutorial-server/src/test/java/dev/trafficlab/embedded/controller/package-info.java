@NullMarked
package dev.trafficlab.embedded.controller;

import org.jspecify.annotations.NullMarked;
