package dev.trafficlab.lab;

import java.util.List;

/** The documents of a YAML text, or the problems that keep it from being read. */
public sealed interface YamlReading {

    /** Well-formed; empty documents are left out. */
    record Documents(List<Document> documents) implements YamlReading {
        public Documents {
            documents = List.copyOf(documents);
        }
    }

    /** Not well-formed, or more than we take. */
    record Broken(String place, String message) implements YamlReading {}

    /** One document's value and the line where it starts, counted from 1. */
    record Document(int line, Object value) {}
}
