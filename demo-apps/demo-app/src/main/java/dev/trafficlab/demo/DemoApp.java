package dev.trafficlab.demo;

/** A running app: answers HTTP requests. Calls come from many threads at once. */
@FunctionalInterface
public interface DemoApp {

    /** Answers one request; never throws for anything that a client may send. */
    AppResponse handle(AppRequest request);
}
