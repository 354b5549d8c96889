package dev.trafficlab.web.cookies;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what a redirect has to tell the next page in a signed cookie. What it can tell is what JSON can: text, numbers, lists, and records,
 * which come back as maps.
 */
final class FlashCookie extends AbstractFlashMapManager {

    private static final Logger LOG = LoggerFactory.getLogger(FlashCookie.class);
    private static final String NAME = "traffic-lab-flash";
    private static final Duration LIFE = Duration.ofMinutes(3);

    /** Browsers keep cookies of 4 KiB; a third of that goes to Base64 and signature. */
    private static final int LONGEST = 2_700;

    private final SigningKey key;
    private final JsonMapper json;

    FlashCookie(SigningKey key, JsonMapper json) {
        this.key = key;
        this.json = json;
    }

    @Override
    protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        return OwnCookies.read(NAME, request).flatMap(value -> key.open(NAME, value)).flatMap(this::parse).orElse(null);
    }

    @Override
    protected void updateFlashMaps(List<FlashMap> maps, HttpServletRequest request, HttpServletResponse response) {
        if (maps.isEmpty()) {
            OwnCookies.remove(NAME, request, response);
            return;
        }
        String text = json.writeValueAsString(maps.stream().map(Kept::of).toList());
        if (text.length() > LONGEST) {
            LOG.atWarn()
                    .addKeyValue("characters", text.length())
                    .log("more to tell after a redirect than a cookie holds");
            return;
        }
        OwnCookies.set(NAME, key.sign(NAME, text), LIFE, request, response);
    }

    private Optional<List<FlashMap>> parse(String text) {
        try {
            Kept[] kept = json.readValue(text, Kept[].class);
            return Optional.of(new ArrayList<>(Stream.of(kept).map(Kept::restored).toList()));
        } catch (JacksonException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    private record Kept(Map<String, Object> attributes, String path, Map<String, List<String>> parameters,
            long expires) {

        static Kept of(FlashMap map) {
            String path = map.getTargetRequestPath();
            return new Kept(Map.copyOf(map), path == null ? "" : path, Map.copyOf(map.getTargetRequestParams()), map
                    .getExpirationTime());
        }

        FlashMap restored() {
            FlashMap map = new FlashMap();
            map.putAll(attributes);
            map.setTargetRequestPath(path.isEmpty() ? null : path);
            parameters.forEach((name, values) -> map.addTargetRequestParams(
                    new LinkedMultiValueMap<>(Map.of(name, values))));
            map.setExpirationTime(expires);
            return map;
        }
    }
}
