package io.aftercall.rpc;

import io.aftercall.api.v1.ExportAuditEventsRequest;
import io.aftercall.api.v1.ExportAuditEventsResponse;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.TenantId;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;

/** One export of a trail: the next part is read when its reader has room for it. Lives on the call's event loop. */
final class AuditExport {

    private static final int PART = 200;

    private final AuditTrail trail;
    private final TenantId tenant;
    private final Runnable still;
    private final ServerCallStreamObserver<ExportAuditEventsResponse> observer;
    private final Context loop = Vertx.currentContext();
    private long sent;
    private long last = -1;
    private boolean reading;
    private boolean ended;

    /**
     * @param still fails when the reader may read no more
     */
    AuditExport(AuditTrail trail, TenantId tenant, Runnable still, StreamObserver<ExportAuditEventsResponse> observer) {
        this.still = still;
        this.trail = trail;
        this.tenant = tenant;
        this.observer = (ServerCallStreamObserver<ExportAuditEventsResponse>) observer;
    }

    void run(ExportAuditEventsRequest request) {
        observer.setOnCancelHandler(() -> ended = true);
        observer.setOnReadyHandler(() -> loop.runOnContext(ignored -> next()));
        try {
            FieldReader fields = new FieldReader();
            if (request.getAfterSequence() < 0) {
                fields.violations().add("after_sequence", "must not be negative");
            }
            fields.violations().throwIfAny();
            sent = request.getAfterSequence();
            trail.ends(tenant)
                    .whenComplete((ends, failure) -> loop.runOnContext(ignored -> {
                        if (failure != null) {
                            fail(failure);
                        } else {
                            last = ends.lastSequence();
                            next();
                        }
                    }));
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    private void next() {
        if (ended || reading || last < 0 || !observer.isReady()) {
            return;
        }
        if (sent >= last) {
            ended = true;
            observer.onCompleted();
            return;
        }
        reading = true;
        trail.after(tenant, sent, (int) Math.min(PART, last - sent))
                .whenComplete((entries, failure) -> loop.runOnContext(ignored -> {
                    reading = false;
                    if (failure != null) {
                        fail(failure);
                    } else if (!ended) {
                        sendIfStill(entries);
                    }
                }));
    }

    private void sendIfStill(List<AuditTrail.Entry> entries) {
        try {
            still.run();
        } catch (RuntimeException noMore) {
            fail(noMore);
            return;
        }
        send(entries);
    }

    private void send(List<AuditTrail.Entry> entries) {
        if (entries.isEmpty()) {
            // What was there when it was asked has been forgotten meanwhile.
            sent = last;
        } else {
            ExportAuditEventsResponse.Builder part = ExportAuditEventsResponse.newBuilder();
            entries.forEach(entry -> part.addEvents(AuditProto.write(entry)));
            sent = entries.get(entries.size() - 1).sequence();
            observer.onNext(part.build());
        }
        next();
    }

    private void fail(Throwable failure) {
        if (!ended) {
            ended = true;
            observer.onError(GrpcErrors.of(failure));
        }
    }
}
