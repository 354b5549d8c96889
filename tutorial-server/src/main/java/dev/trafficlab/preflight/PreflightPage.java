package dev.trafficlab.preflight;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The preflight to read, for whoever set the server up. */
@Controller
class PreflightPage {

    private final Preflight preflight;

    PreflightPage(Preflight preflight) {
        this.preflight = preflight;
    }

    @GetMapping("/preflight")
    String show(Model model) {
        model.addAttribute("report", preflight.look());
        return "preflight";
    }
}
