package io.aftercall.rpc.rest;

import io.aftercall.security.Permissions;
import io.aftercall.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The calls over HTTP as <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI 3.1</a> has them. */
final class OpenApi {

    private static final String JSON = "application/json";

    private final ContractComments comments = ContractComments.read();
    private final JsonSchemas schemas = new JsonSchemas(comments);
    private final JsonObject paths = new JsonObject();
    private final Set<String> services = new TreeSet<>();

    private OpenApi() {}

    static JsonObject of(List<JsonCall> calls) {
        OpenApi described = new OpenApi();
        calls.forEach(described::add);
        return described.document();
    }

    private void add(JsonCall call) {
        services.add(call.method().getServiceName());
        JsonObject path = new JsonObject()
                .put(
                        "post",
                        operation(call, "")
                                .put(
                                        "requestBody",
                                        new JsonObject()
                                                .put("content", content(JSON, schemas.reference(call.requestType())))));
        if (call.readsOnly()) {
            JsonObject request = new JsonObject()
                    .put("name", "request")
                    .put("in", "query")
                    .put("description", "The request, for browsers' EventSource and links.")
                    .put("content", content(JSON, schemas.reference(call.requestType())));
            path.put("get", operation(call, "_get").put("parameters", new JsonArray().add(request)));
        }
        paths.put(RestRoutes.ROOT + call.path(), path);
    }

    private JsonObject operation(JsonCall call, String suffix) {
        List<String> roles = roles(call);
        return new JsonObject()
                .put("operationId", call.path().replace('/', '_') + suffix)
                .put("tags", new JsonArray().add(call.path().split("/")[0]))
                .put(
                        "description",
                        comments.of(call.method().getFullMethodName().replace('/', '.')) + "\n\nRoles: "
                                + String.join(", ", roles) + ".")
                .put("x-roles", new JsonArray(roles))
                .put(
                        "responses",
                        new JsonObject()
                                .put("200", answer(call))
                                .put("default", new JsonObject().put("$ref", "#/components/responses/Problem")));
    }

    private static List<String> roles(JsonCall call) {
        return Permissions.roles(call.method().getFullMethodName()).stream()
                .map(Role::credentialName)
                .toList();
    }

    private JsonObject answer(JsonCall call) {
        JsonObject message = schemas.reference(call.answerType());
        if (call.isTable()) {
            return described("The table, in parts that make one file.", "text/csv", string());
        }
        if (call.streams()) {
            JsonObject events = string().put("contentMediaType", JSON).put("contentSchema", message);
            return described(
                    "Events whose data is this message, and whose id is what to go on behind; then `end`, or"
                            + " `problem` with what it ended for.",
                    "text/event-stream",
                    events);
        }
        return described("The answer.", JSON, message);
    }

    private JsonObject document() {
        JsonObject components = new JsonObject()
                .put("schemas", schemas.all().put("Problem", problem()))
                .put(
                        "responses",
                        new JsonObject()
                                .put(
                                        "Problem",
                                        described(
                                                "Refused, or failed (RFC 9457).",
                                                Problem.TYPE,
                                                JsonSchemas.reference("Problem"))))
                .put(
                        "securitySchemes",
                        new JsonObject()
                                .put(
                                        "bearer",
                                        new JsonObject()
                                                .put("type", "http")
                                                .put("scheme", "bearer")
                                                .put("bearerFormat", "JWT")));
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put(
                        "info",
                        new JsonObject()
                                .put("title", "Aftercall")
                                .put("version", "v1")
                                .put("description", "The calls of the contract acw.v1, as JSON over HTTP."))
                .put("servers", new JsonArray().add(new JsonObject().put("url", "/")))
                .put("security", new JsonArray().add(new JsonObject().put("bearer", new JsonArray())))
                .put("tags", tags())
                .put("paths", paths)
                .put("components", components);
    }

    private JsonArray tags() {
        return new JsonArray(services.stream()
                .map(service -> new JsonObject()
                        .put("name", service.substring(service.lastIndexOf('.') + 1))
                        .put("description", comments.of(service)))
                .collect(Collectors.toList()));
    }

    /** As {@link Problem} writes it. */
    private static JsonObject problem() {
        JsonObject violation = object(new JsonObject().put("field", string()).put("description", string()));
        JsonObject properties = new JsonObject()
                .put("status", new JsonObject().put("type", "integer").put("description", "That of HTTP."))
                .put(
                        "title",
                        string().put("description", "The reason, one of `error_reason.proto` where a call was made."))
                .put("detail", string())
                .put("code", string().put("description", "The status of gRPC."))
                .put("metadata", new JsonObject().put("type", "object").put("additionalProperties", string()))
                .put("violations", new JsonObject().put("type", "array").put("items", violation))
                .put("retry_after_ms", new JsonObject().put("type", "integer").put("minimum", 1));
        return object(properties).put("required", new JsonArray().add("status").add("title"));
    }

    private static JsonObject object(JsonObject properties) {
        return new JsonObject().put("type", "object").put("properties", properties);
    }

    private static JsonObject string() {
        return new JsonObject().put("type", "string");
    }

    private static JsonObject described(String words, String type, JsonObject schema) {
        return new JsonObject().put("description", words).put("content", content(type, schema));
    }

    private static JsonObject content(String type, JsonObject schema) {
        return new JsonObject().put(type, new JsonObject().put("schema", schema));
    }
}
