package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.Optional;

/**
 * The format of header values, in which {@code %NAME%} or {@code %NAME(argument)%} stands for something that Envoy fills in. Istio checks
 * less than Envoy: any name will do, but nothing may follow an argument. Istio: pkg/config/validation/header_value_validator.go.
 */
final class HeaderFormat {

    private static final String INVALID = "invalid header configuration. ";

    private final String value;
    private int at;

    private HeaderFormat(String value) {
        this.value = value;
    }

    /** What is wrong with the value; empty when nothing is. */
    static Optional<String> check(String value) {
        return new HeaderFormat(value).check().map(wrong -> INVALID + wrong);
    }

    private Optional<String> check() {
        Optional<String> wrong = Optional.empty();
        while (at < value.length() && wrong.isEmpty()) {
            if (value.charAt(at) != '%') {
                at++;
            } else if (at + 1 == value.length()) {
                wrong = Optional.of("Un-escaped %");
            } else if (value.charAt(at + 1) == '%') {
                at += 2;
            } else {
                at++;
                wrong = variable();
            }
        }
        return wrong;
    }

    private Optional<String> variable() {
        while (at < value.length()) {
            char letter = value.charAt(at++);
            if (letter == '%') {
                return Optional.empty();
            }
            if (letter == '(') {
                skipSpaces();
                if (at < value.length() && value.charAt(at) == '[') {
                    at++;
                    return list();
                }
                at++;
                return text();
            }
        }
        return unterminated();
    }

    /** A list of quoted texts. */
    private Optional<String> list() {
        skipSpaces();
        if (at == value.length()) {
            return unterminated();
        }
        return value.charAt(at++) == '"' ? text() : Optional.of("Expecting '\"'");
    }

    /** An argument, up to its closing parenthesis or, in a list, to its closing quote. */
    private Optional<String> text() {
        while (at < value.length()) {
            char letter = value.charAt(at++);
            if (letter == '\\') {
                if (at == value.length()) {
                    return Optional.of("Un-terminated backslash in JSON string");
                }
                at++;
            } else if (letter == ')') {
                return end();
            } else if (letter == '"') {
                return afterText();
            }
        }
        return unterminated();
    }

    private Optional<String> afterText() {
        skipSpaces();
        if (at == value.length()) {
            return unterminated();
        }
        return switch (value.charAt(at++)) {
            case ',' -> list();
            case ']' -> {
                skipSpaces();
                if (at == value.length()) {
                    yield unterminated();
                }
                yield value.charAt(at++) == ')'
                        ? end()
                        : Optional.of("Expecting ')' or whitespace after '{}', but found '{}'");
            }
            default -> Optional.of("Expecting ',', ']', or whitespace");
        };
    }

    private Optional<String> end() {
        skipSpaces();
        if (at == value.length()) {
            return unterminated();
        }
        return value.charAt(at++) == '%' ? Optional.empty() : Optional.of("Expecting '%' or whitespace after");
    }

    private void skipSpaces() {
        while (at < value.length() && value.charAt(at) == ' ') {
            at++;
        }
    }

    private Optional<String> unterminated() {
        return Optional.of("Un-terminated variable expression '" + value + "'");
    }
}
