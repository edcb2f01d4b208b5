package io.aftercall.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An issuer whose tokens the server under test accepts; its keys lie in a file. */
public class IssuerResource implements QuarkusTestResourceLifecycleManager {

    public static final Issuer ISSUER = new Issuer();

    private static Path keys;

    @Override
    public Map<String, String> start() {
        try {
            keys = Files.createTempFile(Files.createDirectories(Path.of("target", "issuer")), "keys-", ".json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        publish();
        return Map.of(
                "aftercall.auth.issuer", Issuer.NAME,
                "aftercall.auth.audience", Issuer.AUDIENCE,
                "aftercall.auth.keys", keys.toString());
    }

    /** Publishes the issuer's keys as they are now. */
    public static void publish() {
        ISSUER.publishTo(keys);
    }

    @Override
    public void stop() {}
}
