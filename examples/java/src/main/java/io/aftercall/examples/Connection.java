package io.aftercall.examples;

import com.google.gson.Gson;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One channel for all calls: retries, deadlines and load balancing are in {@code ../service-config.json}. */
final class Connection {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private Connection() {}

    /**
     * Opens it; it connects with the first call.
     *
     * @param thread where all answers arrive
     */
    @SuppressWarnings("unchecked")
    static ManagedChannel open(Path serviceConfig, Executor thread) throws IOException {
        Map<String, ?> config = new Gson().fromJson(Files.readString(serviceConfig), Map.class);
        String authority = System.getenv("AFTERCALL_AUTHORITY");
        // Without TLS only to this machine, or where a mesh encrypts.
        ChannelCredentials credentials = authority == null
                ? InsecureChannelCredentials.create()
                : TlsChannelCredentials.newBuilder()
                        .trustManager(new File(authority))
                        .build();
        return Grpc.newChannelBuilder(System.getenv().getOrDefault("AFTERCALL", "localhost:9000"), credentials)
                .defaultServiceConfig(config)
                .enableRetry()
                .keepAliveTime(20, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .executor(thread)
                .build();
    }

    /** Shows the token in {@code AFTERCALL_TOKEN_FILE}: whoever renews it writes it into the same file. */
    static final class Token extends CallCredentials {
        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            String file = System.getenv("AFTERCALL_TOKEN_FILE");
            Metadata headers = new Metadata();
            try {
                if (file != null) {
                    headers.put(
                            AUTHORIZATION,
                            "Bearer " + Files.readString(Path.of(file)).strip());
                }
                applier.apply(headers);
            } catch (IOException e) {
                applier.fail(Status.UNAVAILABLE.withDescription("No token").withCause(e));
            }
        }
    }
}
