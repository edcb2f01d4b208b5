package io.aftercall.web;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** Keeps cookies, says of each request which page makes it, and follows nobody anywhere unless it is told to. */
final class Browser {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** By name; of the server under test. */
    final Map<String, String> cookies = new TreeMap<>();

    /** The last {@code Set-Cookie} of each name, whole. */
    final Map<String, String> asSet = new TreeMap<>();

    /** Types an address. */
    HttpResponse<String> visit(String url) {
        return send(request(url).header("Sec-Fetch-Site", "none").header("Sec-Fetch-Mode", "navigate"));
    }

    /** Follows a link that the provider has sent it to. */
    HttpResponse<String> follow(String url) {
        return send(request(url).header("Sec-Fetch-Site", "cross-site").header("Sec-Fetch-Mode", "navigate"));
    }

    /** A page of the server's makes a call. */
    HttpResponse<String> call(String path, String json) {
        return send(request(path)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", IdentityProvider.origin())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A page of the server's asks for something. */
    HttpResponse<String> get(String path) {
        return send(request(path).header("Sec-Fetch-Site", "same-origin"));
    }

    /** Who is signed in, as pages are told. */
    JsonObject session() {
        HttpResponse<String> answer = get("/api/session");
        return new JsonObject(answer.body()).put("http", answer.statusCode());
    }

    /** The whole way to the provider and back. */
    HttpResponse<String> signIn(Person person, String path) {
        IdentityProvider.provider().expect(person);
        return follow(toProvider(path));
    }

    /** To the provider; returns where that sends the browser back to. */
    String toProvider(String path) {
        HttpResponse<String> away = visit(path);
        return location(send(request(location(away))));
    }

    HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url.startsWith("/") ? IdentityProvider.origin() + url : url));
    }

    HttpResponse<String> send(HttpRequest.Builder builder) {
        HttpRequest plain = builder.build();
        if (plain.uri().toString().startsWith(IdentityProvider.origin()) && !cookies.isEmpty()) {
            StringBuilder header = new StringBuilder();
            cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            builder.header("Cookie", header.toString());
        }
        try {
            HttpResponse<String> answer = HTTP.send(builder.build(), BodyHandlers.ofString());
            answer.headers().allValues("set-cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String set) {
        String[] pair = set.split(";", 2)[0].split("=", 2);
        asSet.put(pair[0], set);
        if (set.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError("no redirect: " + answer));
    }
}
