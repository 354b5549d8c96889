package dev.trafficlab.embedded.store;

import java.nio.file.Path;

/** The store's file cannot be opened as it is. Nothing was written to it. */
public class StoreStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String file;

    /** What is wrong with a store that cannot be opened. */
    public enum Reason {
        /** Another process, or another store of this one, has it open. */
        LOCKED,
        /** Its folder is something else, or the file is a folder. */
        NOT_A_FOLDER,
        /** The folder cannot be made, or the folder or the file does not let this process write. */
        NOT_WRITABLE,
        /** The disk has no room for an empty store. */
        NO_SPACE,
        /** The process may open no further file. */
        TOO_MANY_OPEN_FILES,
        /** The file ends before the last write that was acknowledged. */
        TRUNCATED,
        /** The file holds other bytes than were written. */
        DAMAGED
    }

    /** A failure to open the file, with what lies behind it. */
    public StoreStartException(Reason reason, Path file, String detail, Throwable cause) {
        super("the store " + file + " cannot be opened (" + reason + "): " + detail, cause);
        this.reason = reason;
        this.file = file.toString();
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** The store's file. */
    public Path file() {
        return Path.of(file);
    }
}
