package dev.trafficlab.web.page;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriComponentsBuilder;

import dev.trafficlab.lab.Lab;

/** Where to go on after a form, below whatever path this server is shown at. */
public final class LabRedirects {

    private LabRedirects() {}

    /** To the step that the lab's learner is at. */
    static RedirectView toLab(Lab lab) {
        return toStep(lab.id(), lab.current(), "");
    }

    /** To a step, or to a place on its page. */
    public static RedirectView toStep(String labId, String stepId, String place) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/labs/{labId}/steps/{step}");
        if (!place.isEmpty()) {
            address.fragment(place);
        }
        return to(address.encode().buildAndExpand(labId, stepId).toUriString());
    }

    /** To the path. */
    static RedirectView to(String path) {
        RedirectView page = new RedirectView(path, true);
        page.setStatusCode(HttpStatus.SEE_OTHER);
        page.setExposeModelAttributes(false);
        page.setExpandUriTemplateVariables(false);
        return page;
    }
}
