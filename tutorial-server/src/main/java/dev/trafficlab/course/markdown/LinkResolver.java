package dev.trafficlab.course.markdown;

import java.util.Optional;

/** What a text may refer to. */
public interface LinkResolver {

    /** The drawing in that file beside the text, if there is one. */
    Optional<String> drawing(String file);

    /** Whether a relative link to that page leads somewhere. */
    boolean hasPage(String id);
}
