package io.aftercall.rpc.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/** Which call answers which path. */
@Singleton
public class RestRoutes {

    /** Where the calls are. */
    public static final String ROOT = "/api/v1/";

    /** Of a request, in bytes: as much as over gRPC. */
    private static final int BODY = 2 * 1024 * 1024;

    /** Long answers are written by so many threads: browsers that all come back at once leave processors to routers. */
    private static final int WRITERS = 1;

    private static final String JSON = "application/json";

    private final LocalServices services;
    private final WrittenOnce written = new WrittenOnce();
    private final WorkerExecutor writers;

    RestRoutes(LocalServices services, Vertx vertx) {
        this.services = services;
        this.writers = vertx.createSharedWorkerExecutor("aftercall-json", WRITERS);
    }

    void register(@Observes Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY);
        services.calls().stream().map(JsonCall::new).filter(JsonCall::offered).forEach(call -> {
            String path = ROOT + call.path();
            router.post(path)
                    .handler(body)
                    .handler(request -> post(call, request))
                    .failureHandler(RestRoutes::failed);
            if (call.readsOnly()) {
                router.get(path).handler(request -> get(call, request));
            }
            router.route(path).handler(request -> otherMethod(call, request));
        });
        router.route(ROOT + "*").handler(RestRoutes::unknown);
    }

    /** Only what a page of another origin cannot send without being asked whether it may (CSRF). */
    private void post(JsonCall call, RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "The body is to be application/json")
                    .send(request.response());
            return;
        }
        String json = request.body().asString();
        begin(call, request, json == null ? "" : json);
    }

    private static void failed(RoutingContext request) {
        if (request.statusCode() == 413) {
            Problem.of(413, "REQUEST_TOO_LARGE", "A request may have 2 MiB").send(request.response());
        } else {
            request.next();
        }
    }

    /** For browsers' EventSource, which can send neither a body nor headers. */
    private void get(JsonCall call, RoutingContext request) {
        String json = request.request().getParam("request");
        begin(call, request, json == null ? "" : json);
    }

    private void begin(JsonCall call, RoutingContext request, String json) {
        Message message;
        try {
            Map<String, String> violations = StrictJson.violations(json, call.requestType());
            if (!violations.isEmpty()) {
                Problem.ofFields(violations).send(request.response());
                return;
            }
            message = call.read(json);
        } catch (InvalidProtocolBufferException bad) {
            Problem.of(400, "MALFORMED_JSON", bad.getMessage()).send(request.response());
            return;
        }
        Context loop = Vertx.currentContext();
        ClientCall<Message, Message> local = services.channel()
                .newCall(
                        call.method(),
                        CallOptions.DEFAULT.withExecutor(task -> loop.runOnContext(ignored -> task.run())));
        Metadata headers = CallHeaders.of(request);
        HttpServerResponse response = request.response();
        if (call.isTable()) {
            new CsvDownload(call, local, response, writers).begin(headers, message);
        } else if (call.streams()) {
            String last = request.request().getHeader("Last-Event-ID");
            Message behind = last == null || last.isEmpty() ? message : call.resumed(message, last);
            new EventStream(call, local, response, writers, written).begin(headers, behind);
        } else {
            UnaryExchange.begin(local, headers, message, response);
        }
    }

    private static void otherMethod(JsonCall call, RoutingContext request) {
        request.response().putHeader(HttpHeaders.ALLOW, call.readsOnly() ? "GET, POST" : HttpMethod.POST.name());
        Problem.of(405, "METHOD_NOT_ALLOWED", "This call is made by POST").send(request.response());
    }

    private static void unknown(RoutingContext request) {
        HttpServerRequest asked = request.request();
        Problem.of(404, "NO_SUCH_CALL", "The contract has no call of this name: " + ROOT + "{service}/{call}")
                .send(asked.response());
    }
}
