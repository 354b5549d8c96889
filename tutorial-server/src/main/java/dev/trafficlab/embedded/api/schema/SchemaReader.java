package dev.trafficlab.embedded.api.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.istio.api.api.meta.v1alpha1.IstioStatus;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettingsConsistentHashLBRingHash;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryStatus;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrStringArray;

import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/** Reads the structure of a kind from fabric8's model class, as Jackson sees it; every class is read once and shared. */
final class SchemaReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Values of any shape: free-form JSON, managed fields, the parts of a CRD's schema that may be of several shapes, and the
     * status of Istio's kinds, which their CRDs leave open.
     */
    private static final Set<Class<?>> ANYTHING = Set.of(Object.class, FieldsV1.class, JSONSchemaPropsOrArray.class,
            JSONSchemaPropsOrBool.class, JSONSchemaPropsOrStringArray.class, IstioStatus.class,
            ServiceEntryStatus.class);

    private final Map<Class<?>, Schema> schemas = new ConcurrentHashMap<>();

    /** The structure of the class's JSON. */
    Schema read(Class<?> model) {
        return schema(MAPPER.constructType(model));
    }

    private Schema schema(JavaType type) {
        return schemas.computeIfAbsent(type.getRawClass(), raw -> derive(type));
    }

    private Schema derive(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (ANYTHING.contains(raw) || JsonNode.class.isAssignableFrom(raw)) {
            return new ObjectSchema(TypeNames.of(raw), Descriptions.of(TypeNames.key(raw)).orElse(""), Map.of(), Set
                    .of(), true, List.of());
        }
        return Scalars.of(MAPPER, raw).<Schema>map(scalar -> scalar).orElseGet(() -> object(type));
    }

    private ObjectSchema object(JavaType type) {
        String key = TypeNames.key(type.getRawClass());
        Map<String, Schema.Field> fields = new LinkedHashMap<>();
        List<List<String>> choices = new ArrayList<>();
        for (BeanPropertyDefinition property : properties(type)) {
            if (unwrapped(property)) {
                Map<String, Schema.Field> choice = alternatives(property.getPrimaryType(), key);
                fields.putAll(choice);
                choices.add(List.copyOf(choice.keySet()));
            } else {
                fields.put(property.getName(), field(property, key));
                SchemaMarkers.olderName(key, property.getName())
                        .ifPresent(older -> fields.put(older, field(property, key)));
            }
        }
        return new ObjectSchema(TypeNames.of(type.getRawClass()), Descriptions.of(key).orElse(""), fields,
                SchemaMarkers.required(key), false, choices);
    }

    private static List<BeanPropertyDefinition> properties(JavaType type) {
        return MAPPER.getSerializationConfig().introspect(type).findProperties();
    }

    private static boolean unwrapped(BeanPropertyDefinition property) {
        return property.getField() != null && property.getField().hasAnnotation(JsonUnwrapped.class);
    }

    /** fabric8 models protobuf's oneof as an interface, each of whose classes holds one field. */
    private Map<String, Schema.Field> alternatives(JavaType oneOf, String owner) {
        Map<String, Schema.Field> fields = new LinkedHashMap<>();
        JsonSubTypes subTypes = oneOf.getRawClass().getAnnotation(JsonSubTypes.class);
        List<BeanPropertyDefinition> alternatives = Stream.of(subTypes.value())
                .flatMap(subType -> properties(MAPPER.constructType(subType.value())).stream())
                .toList();
        for (String name : SchemaMarkers.inOrder(alternatives.stream().map(BeanPropertyDefinition::getName).toList())) {
            alternatives.stream()
                    .filter(property -> property.getName().equals(name))
                    .findFirst()
                    .ifPresent(property -> fields.put(name, field(property, owner)));
        }
        return fields;
    }

    private LazyField field(BeanPropertyDefinition property, String owner) {
        String name = property.getName();
        JavaType type = property.getPrimaryType();
        return new LazyField(Descriptions.of(owner + "." + name), () -> value(type, owner, name));
    }

    private Schema value(JavaType type, String owner, String name) {
        String description = Descriptions.of(owner + "." + name).orElse("");
        if (type.isCollectionLikeType()) {
            return new ListSchema(description, item(type, owner, name), SchemaMarkers.listKeys(owner, name),
                    SchemaMarkers.isSet(owner, name));
        }
        if (type.isMapLikeType()) {
            return new MapSchema(description, item(type, owner, name));
        }
        if (type.hasRawClass(LoadBalancerSettingsConsistentHashLBRingHash.class)) {
            return ringHash(description);
        }
        Schema schema = schema(type);
        return schema instanceof ScalarSchema scalar
                ? Scalars.refine(scalar, owner, name, description)
                : schema;
    }

    private LazyField item(JavaType container, String owner, String name) {
        return new LazyField(Descriptions.of(owner + "." + name), () -> value(container.getContentType(), owner, name));
    }

    /** fabric8 7.5 gives the message RingHash and the oneof's wrapper of it one and the same class, so its only field is lost. */
    private static ObjectSchema ringHash(String description) {
        var size = new ScalarSchema("", "integer", "uint64", List.of());
        var field = new LazyField(Descriptions.of("istio.RingHash.minimumRingSize"), () -> size);
        return new ObjectSchema("RingHash", description, Map.of("minimumRingSize", field), Set.of(), false, List.of());
    }

    /** Scalars, by Java class. */
    private static final class Scalars {

        private static final Map<Class<?>, ScalarSchema> KNOWN = Map.of(String.class, scalar("string", ""),
                Integer.class, scalar("integer", "int32"), Long.class, scalar("integer", "int64"), Boolean.class,
                scalar("boolean", ""), Double.class, scalar("number", "double"), IntOrString.class,
                scalar("int-or-string", ""), Quantity.class, scalar("string", "quantity"), MicroTime.class,
                scalar("string", "date-time"));

        static Optional<ScalarSchema> of(ObjectMapper mapper, Class<?> raw) {
            if (raw.isEnum()) {
                List<String> values = Stream.of(raw.getEnumConstants())
                        .map(constant -> mapper.<JsonNode>valueToTree(constant).asText())
                        .toList();
                return Optional.of(new ScalarSchema("", "string", "", SchemaMarkers.inOrder(values)));
            }
            return Optional.ofNullable(KNOWN.get(raw));
        }

        /** Go's types say more than Java's: which integers are unsigned, which strings are times. */
        static ScalarSchema refine(ScalarSchema scalar, String owner, String name, String description) {
            return new ScalarSchema(description, scalar.type(), SchemaMarkers.format(owner, name, scalar), scalar
                    .values());
        }

        private static ScalarSchema scalar(String type, String format) {
            return new ScalarSchema("", type, format, List.of());
        }
    }
}
