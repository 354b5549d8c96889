package dev.trafficlab.web.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

import dev.trafficlab.inventory.Inventory;
import dev.trafficlab.inventory.Topology.ObjectName;
import dev.trafficlab.lab.Lab;

/** What is in a lab: its objects as a tree, each of them whole, and the logs of its pods. */
@Controller
@RequestMapping("/labs/{labId}/objects")
class ObjectController {

    private final Inventory inventory;

    ObjectController(Inventory inventory) {
        this.inventory = inventory;
    }

    @GetMapping
    ModelAndView tree(@RequestAttribute Lab lab,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        return view(lab, htmx ? "partial/tree" : "objects").addObject("entries", inventory.tree(lab.id()));
    }

    @GetMapping("/{kind}/{name}")
    ModelAndView object(@RequestAttribute Lab lab, @PathVariable String kind, @PathVariable String name,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        ObjectName object = new ObjectName(kind, name);
        ModelAndView view = view(lab, htmx ? "partial/sheet" : "object").addObject("object", object);
        inventory.sheet(lab.id(), object).ifPresent(sheet -> view.addObject("sheet", sheet));
        return view;
    }

    @GetMapping("/Pod/{pod}/logs/{container}")
    ModelAndView log(@RequestAttribute Lab lab, @PathVariable String pod, @PathVariable String container,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        return view(lab, htmx ? "partial/log" : "log").addObject("pod", pod)
                .addObject("container", container)
                .addObject("log", inventory.log(lab.id(), pod, container));
    }

    private static ModelAndView view(Lab lab, String template) {
        return new ModelAndView(template).addObject("labId", lab.id()).addObject("here", lab.current());
    }
}
