package dev.trafficlab.web.security;

import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;

/** The path that a request is for, as the web server understood it: decoded, without parameters and dots, within this application. */
public final class RequestPath {

    private RequestPath() {}

    /** The path; it begins with a slash. */
    public static String of(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    /** Whether it is below the folder, or the folder itself. */
    public static boolean isIn(String folder, HttpServletRequest request) {
        String path = of(request);
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
