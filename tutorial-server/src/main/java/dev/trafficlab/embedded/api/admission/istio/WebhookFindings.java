package dev.trafficlab.embedded.api.admission.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.admission.FieldErrors;
import dev.trafficlab.embedded.api.admission.istio.IstioWebhook.Warning;

/** What the webhook found: errors, which deny the request, and warnings, which do not. */
public final class WebhookFindings {

    private final List<String> errors = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private boolean listed;

    public void error(String text) {
        if (errors.size() < Bounds.FIELD_ERRORS) {
            errors.add(FieldErrors.shown(text));
        }
    }

    public void error(Optional<String> text) {
        text.ifPresent(this::error);
    }

    /** An error that Istio puts into a list even when it is alone. */
    public void listedError(String text) {
        listed = true;
        error(text);
    }

    public void warning(String text) {
        warning(Warning.About.OTHER, text);
    }

    public void warning(Warning.About about, String text) {
        // Each is different and has some characters: more than these are never sent.
        if (warnings.size() < Bounds.WARNING_CHARACTERS / 10) {
            warnings.add(new Warning(about, FieldErrors.shown(text)));
        }
    }

    public void warning(Optional<String> text) {
        text.ifPresent(this::warning);
    }

    List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    /** All errors as one text; nothing when there is none. */
    public Optional<String> denial() {
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        if (errors.size() == 1 && !listed) {
            return Optional.of(errors.getFirst());
        }
        var text = new StringBuilder(errors.size() == 1 ? "1 error occurred:" : errors.size() + " errors occurred:");
        errors.forEach(error -> text.append("\n\t* ").append(error));
        return Optional.of(text.append("\n\n").toString());
    }
}
