package io.aftercall.rpc.rest;

import io.aftercall.rpc.CallGuard;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.quarkus.grpc.GrpcService;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * The gRPC services for callers in this process, behind the same guard. Messages are handed over as they are; each call
 * runs on one event loop, as the services expect of a connection.
 */
@Singleton
class LocalServices {

    private static final String CONTRACT = "acw.";

    private final List<ServerServiceDefinition> services;
    private final Server server;
    private final ManagedChannel channel;

    LocalServices(@Any @GrpcService Instance<BindableService> services, CallGuard guard, Vertx vertx) {
        Context loop = vertx.getOrCreateContext();
        this.services = services.stream().map(BindableService::bindService).toList();
        String name = "aftercall-" + UUID.randomUUID();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name)
                .executor(executor(loop))
                .callExecutor(new ServerCallExecutorSupplier() {
                    @Override
                    public <Q, R> Executor getExecutor(ServerCall<Q, R> call, Metadata headers) {
                        return executor(own(loop));
                    }
                });
        // The last one named comes first.
        this.services.forEach(
                service -> builder.addService(ServerInterceptors.intercept(service, guard, new CallOrigin())));
        try {
            this.server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.channel = InProcessChannelBuilder.forName(name)
                .executor(executor(loop))
                .propagateCauseWithStatus(false)
                .build();
    }

    /** What is kept with a context is of one call. */
    private static Context own(Context loop) {
        Context own = VertxContext.createNewDuplicatedContext(loop);
        VertxContextSafetyToggle.setContextSafe(own, true);
        return own;
    }

    private static Executor executor(Context context) {
        return task -> context.runOnContext(ignored -> task.run());
    }

    /** All calls of the contract. */
    List<ServerMethodDefinition<?, ?>> calls() {
        return services.stream()
                // gRPC's own health is asked for by probes, which have paths of their own here.
                .filter(service -> service.getServiceDescriptor().getName().startsWith(CONTRACT))
                .<ServerMethodDefinition<?, ?>>flatMap(service -> service.getMethods().stream())
                .toList();
    }

    Channel channel() {
        return channel;
    }

    @PreDestroy
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
