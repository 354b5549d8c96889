package dev.trafficlab.limits;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which limit a handler's requests count against. It belongs to the handler, not to its path, so that no spelling of an address
 * gets around it. A handler of a lab without it counts as {@link What#READ}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Charged {

    /** The limit. */
    What value();

    /** What a request does. */
    enum What {
        /** Makes a lab; counts by address. */
        NEW_LAB,
        /** Makes a lab work; counts by lab. */
        CHANGE,
        /** Anything else; counts by lab. */
        READ
    }
}
