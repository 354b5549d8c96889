package dev.trafficlab.gateway.connector;

import org.apache.tomcat.util.http.parser.HttpParser;

/**
 * Takes every byte in a request's target. What may stand there is judged later, and not alike for all: by Envoy's rules at a lab's
 * gateway, by Tomcat's own ones elsewhere ({@link RequestTargets}).
 */
final class LenientHttpParser extends HttpParser {

    LenientHttpParser() {
        super("", "");
    }

    @Override
    public boolean isNotRequestTargetRelaxed(int letter) {
        return false;
    }

    @Override
    public boolean isAbsolutePathRelaxed(int letter) {
        return true;
    }

    @Override
    public boolean isQueryRelaxed(int letter) {
        return true;
    }
}
