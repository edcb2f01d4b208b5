package io.aftercall.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** How many streams the server under test says that it has: what no subscriber can see. */
final class Streams {

    /** Over an HTTP/2 connection that has just been upgraded to, Java's client refuses the next request now and then. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Streams() {}

    static int open() {
        return metric("acw_stream_subscribers");
    }

    /** Of those that it may have at once; also of streams that are not open yet. */
    static int places() {
        return metric("acw_stream_places");
    }

    private static int metric(String name) {
        URI metrics =
                URI.create("http://127.0.0.1:" + Integer.getInteger("quarkus.management.test-port") + "/q/metrics");
        try {
            return HTTP.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + ' ') || line.startsWith(name + '{'))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .mapToInt(value -> (int) Double.parseDouble(value))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
