package io.aftercall.rpc;

import com.google.protobuf.Message;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.Refusals;
import io.aftercall.feed.ServedTenant;
import io.aftercall.security.Authenticator;
import io.aftercall.security.BucketTime;
import io.aftercall.security.Caller;
import io.aftercall.security.Credentials;
import io.aftercall.security.FailedLogins;
import io.aftercall.security.NotAuthenticated;
import io.aftercall.security.Permissions;
import io.aftercall.security.Target;
import io.aftercall.security.Teams;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Lets nobody in who is not known, and nothing through that he may not do. Every call passes here before anything of it
 * is looked at, so that a service need not think of it; a call that {@link Permissions} does not know is nobody's.
 */
@Singleton
@GlobalInterceptor
public class CallGuard implements ServerInterceptor {

    private static final Logger LOG = Logger.getLogger(CallGuard.class);

    /** What probes ask, who have no credentials; says of the server that it serves, and nothing else. */
    private static final Set<String> OPEN = Set.of("grpc.health.v1.Health/Check", "grpc.health.v1.Health/Watch");

    /** Tells the contract, which is public, to whoever is known. */
    private static final String REFLECTION = "grpc.reflection.";

    private final Authenticator authenticator;
    private final ServedTenant.Directory tenants;
    private final Refusals refusals;
    private final CallThrottle throttle;
    private final FailedLogins failedLogins;

    /** How many calls in a second one caller may make. */
    public record CallerRate(int callsPerSecond) {}

    CallGuard(
            Authenticator authenticator,
            ServedTenant.Directory tenants,
            AuditTrail trail,
            Vertx vertx,
            InstantSource clock,
            RandomGenerator random,
            CallerRate perCaller) {
        this.throttle = new CallThrottle(
                new CallRates(tenants, perCaller.callsPerSecond(), new BucketTime(clock)), vertx, random);
        this.failedLogins = new FailedLogins(new BucketTime(clock));
        this.authenticator = authenticator;
        this.refusals = new Refusals(trail);
        this.tenants = tenants;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (OPEN.contains(call.getMethodDescriptor().getFullMethodName())) {
            return next.startCall(call, headers);
        }
        Credentials credentials = PeerCredentials.of(call, headers);
        CompletableFuture<Caller> caller = authenticator.caller(credentials).toCompletableFuture();
        if (caller.isDone() && !caller.isCompletedExceptionally()) {
            return begin(caller.join(), credentials, call, headers, next);
        }
        String origin = PeerCredentials.origin(call);
        caller.whenComplete((known, failure) -> log(failure, origin));
        return DelayedListener.until(caller, call, known -> begin(known, credentials, call, headers, next));
    }

    private <Q, R> ServerCall.Listener<Q> begin(
            Caller caller,
            Credentials credentials,
            ServerCall<Q, R> call,
            Metadata headers,
            ServerCallHandler<Q, R> next) {
        CurrentCall current =
                new CurrentCall(caller, credentials, PeerCredentials.origin(call), PeerCredentials.requestId(headers));
        Optional<CompletionStage<Void>> turn =
                authenticator.asks() ? throttle.turn(caller, current.countedAs()) : Optional.empty();
        return turn.isEmpty()
                ? goOn(current, call, headers, next)
                : DelayedListener.until(turn.get(), call, now -> goOn(current, call, headers, next));
    }

    private <Q, R> ServerCall.Listener<Q> goOn(
            CurrentCall current, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String name = call.getMethodDescriptor().getFullMethodName();
        if (name.startsWith(REFLECTION)) {
            return next.startCall(call, headers);
        }
        boolean mayComeWithoutMessage = call.getMethodDescriptor().getType() == MethodType.CLIENT_STREAMING;
        if (mayComeWithoutMessage && Permissions.of(current.caller(), name).isEmpty()) {
            refuse(call, current, name, Target.TENANT);
            return new ServerCall.Listener<>() {};
        }
        Context context = Context.current().withValue(CurrentCall.KEY, current);
        return new Guarded<>(Contexts.interceptCall(context, call, headers, next), call, name, current);
    }

    private void log(Throwable failure, String origin) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof NotAuthenticated refused) {
            failedLogins.add(refused, origin);
        }
    }

    /** The caller is told when it is in the audit trail. */
    private void refuse(ServerCall<?, ?> call, CurrentCall current, String asked, Target target) {
        io.vertx.core.Context loop = Vertx.currentContext();
        AuditEvent refused = AuditEvent.refused(current.actor(), asked, CallDemand.words(target));
        refusals.add(current.caller().tenant(), refused).whenComplete((kept, failure) -> {
            if (failure != null) {
                LOG.warnf(
                        "A call that was not permitted is not in the audit trail, as that could not be written: %s of"
                                + " tenant %s, from %s, called %s for %s",
                        current.actor().name(),
                        current.caller().tenant(),
                        current.actor().origin(),
                        asked,
                        refused.object());
            }
            loop.runOnContext(ignored -> close(call, AccessErrors.notPermitted(asked)));
        });
    }

    /** Looks at each message before the service does. */
    private final class Guarded<Q, R> extends SimpleForwardingServerCallListener<Q> {

        private final ServerCall<Q, R> call;
        private final String name;
        private final CurrentCall current;
        private boolean refused;

        Guarded(ServerCall.Listener<Q> service, ServerCall<Q, R> call, String name, CurrentCall current) {
            super(service);
            this.call = call;
            this.name = name;
            this.current = current;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void onMessage(Q message) {
            if (refused) {
                return;
            }
            String asked = CallDemand.call(name, (Message) message);
            Optional<GrantedCall> granted = Permissions.of(current.caller(), asked)
                    .flatMap(grant -> GrantedCall.of((Message) message, grant, teams()));
            if (granted.isPresent()) {
                current.grant(granted.get().grant());
                super.onMessage((Q) granted.get().message());
            } else {
                refused = true;
                refuse(call, current, asked, CallDemand.target((Message) message));
            }
        }

        private Teams teams() {
            return agent ->
                    new KnownScopes(tenants.of(current.caller().tenant()).feed()).teamOf(agent);
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                super.onHalfClose();
            }
        }
    }

    static void close(ServerCall<?, ?> call, StatusRuntimeException told) {
        call.close(told.getStatus(), told.getTrailers() == null ? new Metadata() : told.getTrailers());
    }
}
