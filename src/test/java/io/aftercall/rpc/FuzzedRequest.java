package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A message to one of the methods, made of bytes that somebody has searched or found; to services in memory. */
record FuzzedRequest(MethodDescriptor<?, ?> method, Message message) {

    private static final Set<Status.Code> FAULTS =
            Set.of(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS, Status.Code.DEADLINE_EXCEEDED);

    private static final Vertx VERTX = Vertx.vertx();

    static final List<MethodDescriptor<?, ?>> METHODS = new ServicesInMemory(VERTX)
            .services().stream()
                    .flatMap(service -> service.getServiceDescriptor().getMethods().stream())
                    .sorted(Comparator.comparing(MethodDescriptor::getFullMethodName))
                    .collect(Collectors.toUnmodifiableList());

    private static final Path SEEDS = Path.of("src", "test", "resources", "fuzzed-requests.txt");

    /** What earlier searches have found, as {@link #of} takes it. */
    static List<byte[]> seeds() throws IOException {
        return Files.readAllLines(SEEDS).stream().map(FuzzedRequest::seed).toList();
    }

    /**
     * @param line a method, and a message in Base64 unless it is empty
     */
    private static byte[] seed(String line) {
        String[] parts = line.split(" ");
        int method = METHODS.stream()
                .map(MethodDescriptor::getFullMethodName)
                .toList()
                .indexOf("acw.v1." + parts[0]);
        byte[] message = parts.length == 1 ? new byte[0] : Base64.getDecoder().decode(parts[1]);
        return ByteBuffer.allocate(1 + message.length)
                .put((byte) method)
                .put(message)
                .array();
    }

    /**
     * Empty if it is none.
     *
     * @param input the number of a method in the order of their names, and a message
     */
    static Optional<FuzzedRequest> of(byte[] input) {
        if (input.length == 0 || input[0] < 0 || input[0] >= METHODS.size()) {
            return Optional.empty();
        }
        MethodDescriptor<?, ?> method = METHODS.get(input[0]);
        try {
            Parser<? extends Message> parser = AnyCall.prototype(method).getParserForType();
            return Optional.of(new FuzzedRequest(
                    method, parser.parseFrom(ByteString.copyFrom(input).substring(1))));
        } catch (InvalidProtocolBufferException none) {
            return Optional.empty();
        }
    }

    /** Its caller is told what is wrong with it, or gets what he wants; nothing breaks. */
    void assertAnswered() {
        assertThat(answer())
                .as(() -> method.getFullMethodName() + " of " + message)
                .isNotIn(FAULTS);
    }

    private Status.Code answer() {
        String name = InProcessServerBuilder.generateName();
        Context loop = VERTX.getOrCreateContext();
        InProcessServerBuilder builder =
                InProcessServerBuilder.forName(name).executor(task -> loop.runOnContext(ignored -> task.run()));
        new ServicesInMemory(VERTX).services().forEach(builder::addService);
        Server server = started(builder.build());
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        try {
            return AnyCall.status(channel, method, message);
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    private static Server started(Server server) {
        try {
            return server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
