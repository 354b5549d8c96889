package dev.trafficlab.web.page;

/** The lab is not that of whoever asks. */
class ForeignLabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignLabException(String labId) {
        super("The request does not carry the secret of lab " + labId);
    }
}
