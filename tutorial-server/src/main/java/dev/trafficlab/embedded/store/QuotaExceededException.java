package dev.trafficlab.embedded.store;

/** A write would have made the objects of a namespace larger than it may be. Nothing was changed. */
public class QuotaExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long requested;
    private final long used;
    private final long limit;

    /** A refusal, all figures in bytes of JSON. */
    QuotaExceededException(long requested, long used, long limit) {
        super("requested " + requested + ", used " + used + ", limited " + limit + " bytes", null, false, false);
        this.requested = requested;
        this.used = used;
        this.limit = limit;
    }

    /** By how many bytes the namespace would have grown. */
    public long requested() {
        return requested;
    }

    /** How many bytes its objects have. */
    public long used() {
        return used;
    }

    /** How many they may have. */
    public long limit() {
        return limit;
    }
}
