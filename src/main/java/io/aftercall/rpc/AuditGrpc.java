package io.aftercall.rpc;

import com.google.protobuf.ByteString;
import io.aftercall.api.v1.AuditServiceGrpc;
import io.aftercall.api.v1.ExportAuditEventsRequest;
import io.aftercall.api.v1.ExportAuditEventsResponse;
import io.aftercall.api.v1.ListAuditEventsRequest;
import io.aftercall.api.v1.ListAuditEventsResponse;
import io.aftercall.api.v1.VerifyAuditRequest;
import io.aftercall.api.v1.VerifyAuditResponse;
import io.aftercall.engine.AuditChain;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.TenantId;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code AuditService}. */
@GrpcService
final class AuditGrpc extends AuditServiceGrpc.AuditServiceImplBase {

    /** Entries that are read at once. */
    private static final int PAGE = 500;

    private final AuditTrail trail;
    private final LastingRights rights;

    AuditGrpc(AuditTrail trail, LastingRights rights) {
        this.trail = trail;
        this.rights = rights;
    }

    @Override
    public void listAuditEvents(ListAuditEventsRequest request, StreamObserver<ListAuditEventsResponse> observer) {
        TenantId tenant = CurrentCall.get().caller().tenant();
        Answers.answer(observer, () -> list(tenant, request), response -> response);
    }

    @Override
    public void exportAuditEvents(
            ExportAuditEventsRequest request, StreamObserver<ExportAuditEventsResponse> observer) {
        CurrentCall call = CurrentCall.get();
        Runnable still = rights.of(call, AuditServiceGrpc.getExportAuditEventsMethod());
        PartedAnswer.send(() -> new AuditExport(trail, call.caller().tenant(), request), still, observer);
    }

    @Override
    public void verifyAudit(VerifyAuditRequest request, StreamObserver<VerifyAuditResponse> observer) {
        TenantId tenant = CurrentCall.get().caller().tenant();
        Answers.answer(observer, () -> verify(tenant, request), response -> response);
    }

    private CompletionStage<ListAuditEventsResponse> list(TenantId tenant, ListAuditEventsRequest request) {
        FieldReader fields = new FieldReader();
        int size = Pages.size(fields, request.getPageSize());
        Instant start = fields.time("start_time", request.hasStartTime(), request.getStartTime());
        Instant end = fields.time("end_time", request.hasEndTime(), request.getEndTime());
        AuditEvent.Outcome outcome = fields.optionalChoice("outcome", request.getOutcome(), AuditEvent.Outcome.class);
        fields.violations().throwIfAny();
        AuditTrail.Filter filter = new AuditTrail.Filter(
                Optional.ofNullable(start),
                Optional.ofNullable(end),
                text(request.getActor()),
                text(request.getAction()),
                Optional.ofNullable(outcome));
        String of = "audit " + tenant + " "
                + Fingerprint.of(
                        request.toBuilder().clearPageSize().clearPageToken().build());
        long before =
                Pages.position(request.getPageToken(), of, Long::parseLong).orElse(Long.MAX_VALUE);
        return trail.before(tenant, before, filter, size + 1).thenApply(found -> {
            ListAuditEventsResponse.Builder response = ListAuditEventsResponse.newBuilder();
            found.stream().limit(size).forEach(entry -> response.addEvents(AuditProto.write(entry)));
            if (found.size() > size) {
                response.setNextPageToken(
                        Pages.token(Long.toString(found.get(size - 1).sequence()), of));
            }
            return response.build();
        });
    }

    private CompletionStage<VerifyAuditResponse> verify(TenantId tenant, VerifyAuditRequest request) {
        FieldReader fields = new FieldReader();
        if (request.getKnownSequence() < 0) {
            fields.violations().add("known_sequence", "must not be negative");
        }
        if (request.getKnownSequence() == 0 != request.getKnownHash().isEmpty()) {
            fields.violations().add("known_hash", "is set with known_sequence, and only then");
        }
        fields.violations().throwIfAny();
        return trail.ends(tenant).thenCompose(ends -> {
            AuditChain chain = new AuditChain(ends, request.getKnownSequence());
            return verify(tenant, chain, ends).thenApply(done -> verified(request, chain, ends));
        });
    }

    private CompletionStage<AuditChain> verify(TenantId tenant, AuditChain chain, AuditTrail.Ends ends) {
        long left = ends.lastSequence() - chain.sequence();
        return trail.after(tenant, chain.sequence(), (int) Math.min(PAGE, Math.max(left, 0)))
                .thenCompose(entries -> {
                    long before = chain.sequence();
                    chain.add(entries);
                    return chain.sequence() == before
                            ? CompletableFuture.completedFuture(chain)
                            : verify(tenant, chain, ends);
                });
    }

    private static VerifyAuditResponse verified(VerifyAuditRequest request, AuditChain chain, AuditTrail.Ends ends) {
        boolean forgotten = request.getKnownSequence() < ends.firstSequence() - 1;
        boolean differs = !forgotten && !chain.hashAt(request.getKnownHash().toByteArray());
        VerifyAuditResponse.Builder response = VerifyAuditResponse.newBuilder()
                .setIntact(chain.broken().isEmpty() && !(request.getKnownSequence() > 0 && differs))
                .setVerifiedCount(chain.verified())
                .setKnownHashDiffers(request.getKnownSequence() > 0 && differs)
                .setFirstSequence(ends.firstSequence())
                .setLastSequence(chain.sequence())
                .setLastHash(ByteString.copyFrom(chain.hash()));
        chain.broken().ifPresent(response::setBrokenSequence);
        return response.build();
    }

    private static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
