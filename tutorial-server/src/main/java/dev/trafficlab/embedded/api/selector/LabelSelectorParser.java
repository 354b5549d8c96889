package dev.trafficlab.embedded.api.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.TextNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.admission.Syntax;
import dev.trafficlab.embedded.api.selector.LabelSelector.Compares;
import dev.trafficlab.embedded.api.selector.LabelSelector.Exists;
import dev.trafficlab.embedded.api.selector.LabelSelector.In;
import dev.trafficlab.embedded.api.selector.LabelSelector.Requirement;
import dev.trafficlab.embedded.api.selector.LabelSelectorLexer.Kind;
import dev.trafficlab.embedded.api.selector.LabelSelectorLexer.Token;

/** Reads a label selector's tokens one after the other, and refuses in apimachinery's words ({@code pkg/labels/selector.go}). */
final class LabelSelectorParser {

    private final List<Token> tokens;
    private int position;

    LabelSelectorParser(String text) {
        this.tokens = LabelSelectorLexer.scan(text);
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        while (lookahead() != Kind.END) {
            if (lookahead() != Kind.IDENTIFIER && lookahead() != Kind.NOT) {
                throw found(peek(), ", expected: !, identifier, or 'end of string'");
            }
            requirements.add(requirement());
            if (requirements.size() > Bounds.SELECTOR_TERMS) {
                throw tooMany();
            }
            Token after = next();
            if (kind(after) == Kind.END) {
                return requirements;
            }
            if (kind(after) != Kind.COMMA) {
                throw found(after, ", expected: ',' or 'end of string'");
            }
            if (lookahead() != Kind.IDENTIFIER && lookahead() != Kind.NOT) {
                throw found(peek(), ", expected: identifier after ','");
            }
        }
        return requirements;
    }

    private Requirement requirement() {
        Token first = next();
        boolean absent = kind(first) == Kind.NOT;
        Token name = absent ? next() : first;
        if (kind(name) != Kind.IDENTIFIER) {
            throw bad(name, ", expected: identifier");
        }
        String key = name.text();
        require("<nil>", key, Syntax.qualifiedName(key));
        if (absent || lookahead() == Kind.END || lookahead() == Kind.COMMA) {
            // As there, an operator after a negated key is not looked at here, but found where a comma is expected.
            return new Exists(key, !absent);
        }
        Token operator = next();
        return switch (operator.kind()) {
            case IN -> new In(key, values(key), true);
            case NOT_IN -> new In(key, values(key), false);
            case EQUALS -> new In(key, Set.of(value(key)), true);
            case NOT_EQUALS -> new In(key, Set.of(value(key)), false);
            case GREATER -> {
                long bound = number(key);
                yield new Compares(key, actual -> actual > bound);
            }
            case LESS -> {
                long bound = number(key);
                yield new Compares(key, actual -> actual < bound);
            }
            default -> throw bad(operator, ", expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private Set<String> values(String key) {
        Token open = next();
        if (kind(open) != Kind.OPEN) {
            throw bad(open, " expected: '('");
        }
        Set<String> values = new TreeSet<>();
        if (lookahead() == Kind.CLOSED) {
            next();
            return Set.of("");
        }
        if (lookahead() != Kind.IDENTIFIER && lookahead() != Kind.COMMA) {
            throw bad(peek(), ", expected: ',', ')' or identifier");
        }
        while (collect(values)) {
            if (values.size() > Bounds.SELECTOR_TERMS) {
                throw tooMany();
            }
        }
        next();
        int index = 0;
        for (String value : values) {
            require("values[" + index++ + "][" + key + "]", value, Syntax.labelValue(value));
        }
        return values;
    }

    /** Takes one value, or a comma with what is left out beside it; tells whether the list goes on. */
    private boolean collect(Set<String> values) {
        Token token = next();
        if (kind(token) == Kind.IDENTIFIER) {
            values.add(token.text());
            if (lookahead() != Kind.COMMA && lookahead() != Kind.CLOSED) {
                throw bad(peek(), ", expected: ',' or ')'");
            }
            return lookahead() == Kind.COMMA;
        }
        if (kind(token) != Kind.COMMA) {
            throw bad(token, ", expected: ',', or identifier");
        }
        if (values.isEmpty()) {
            values.add("");
        }
        if (lookahead() == Kind.COMMA) {
            next();
            values.add("");
        } else if (lookahead() == Kind.CLOSED) {
            values.add("");
        }
        return lookahead() != Kind.CLOSED;
    }

    private String value(String key) {
        if (lookahead() == Kind.END || lookahead() == Kind.COMMA) {
            return "";
        }
        Token value = next();
        if (kind(value) != Kind.IDENTIFIER) {
            throw bad(value, ", expected: identifier");
        }
        require("values[0][" + key + "]", value.text(), Syntax.labelValue(value.text()));
        return value.text();
    }

    private long number(String key) {
        String text = value(key);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("unable to parse requirement: values[0]: Invalid value: "
                    + TextNode.valueOf(text) + ": for 'Gt', 'Lt' operators, the value must be an integer");
        }
    }

    private Token next() {
        Token token = peek();
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }

    private Token peek() {
        return tokens.get(position);
    }

    private Kind lookahead() {
        return kind(peek());
    }

    /** {@code in} and {@code notin} are names too, wherever no operator is expected. */
    private static Kind kind(Token token) {
        return token.kind() == Kind.IN || token.kind() == Kind.NOT_IN ? Kind.IDENTIFIER : token.kind();
    }

    private static void require(String field, String value, List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw ApiException.badRequest("unable to parse requirement: " + field + ": Invalid value: "
                    + TextNode.valueOf(value) + ": " + String.join("; ", wrong));
        }
    }

    private static ApiException bad(Token token, String expected) {
        return ApiException.badRequest("unable to parse requirement: found '" + token.text() + "'" + expected);
    }

    private static ApiException found(Token token, String expected) {
        return ApiException.badRequest("found '" + token.text() + "'" + expected);
    }

    private static ApiException tooMany() {
        return ApiException.badRequest("the label selector has more than " + Bounds.SELECTOR_TERMS
                + " requirements or values: ask for fewer at once");
    }
}
