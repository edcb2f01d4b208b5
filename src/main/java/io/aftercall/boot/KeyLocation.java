package io.aftercall.boot;

import io.aftercall.security.KeySource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** The issuer's keys in a file, or at a URL. */
final class KeyLocation {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int OK = 200;

    /** Of a JWK set, in bytes; ten keys with their certificates have a quarter of it. */
    private static final int MOST = 256 * 1024;

    private KeyLocation() {}

    static boolean isUrl(String location) {
        return location.startsWith("https://") || location.startsWith("http://");
    }

    static KeySource file(Vertx vertx, String path) {
        return () -> vertx.fileSystem().readFile(path).map(Object::toString).toCompletionStage();
    }

    static KeySource url(Vertx vertx, String url) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(PATIENCE_MILLIS).setVerifyHost(true));
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setTimeout(PATIENCE_MILLIS);
        return () -> client.request(request)
                .compose(HttpClientRequest::send)
                .compose(KeyLocation::body)
                .toCompletionStage();
    }

    private static Future<String> body(HttpClientResponse response) {
        if (response.statusCode() != OK) {
            return Future.failedFuture("they were answered with status " + response.statusCode());
        }
        return response.body()
                .compose(body -> body.length() > MOST
                        ? Future.failedFuture("they take more than " + MOST + " bytes")
                        : Future.succeededFuture(body.toString()));
    }
}
