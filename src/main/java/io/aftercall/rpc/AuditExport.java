package io.aftercall.rpc;

import io.aftercall.api.v1.ExportAuditEventsRequest;
import io.aftercall.api.v1.ExportAuditEventsResponse;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A trail, part by part, up to where it ended when it was asked for. */
final class AuditExport implements PartedAnswer.Parts<ExportAuditEventsResponse> {

    private static final int PART = 200;

    private final AuditTrail trail;
    private final TenantId tenant;
    private long sent;
    private Optional<Long> last = Optional.empty();

    AuditExport(AuditTrail trail, TenantId tenant, ExportAuditEventsRequest request) {
        this.trail = trail;
        this.tenant = tenant;
        this.sent = request.getAfterSequence();
        FieldReader fields = new FieldReader();
        if (sent < 0) {
            fields.violations().add("after_sequence", "must not be negative");
        }
        fields.violations().throwIfAny();
    }

    @Override
    public CompletionStage<Optional<ExportAuditEventsResponse>> next() {
        if (last.isEmpty()) {
            return trail.ends(tenant).thenCompose(ends -> {
                last = Optional.of(ends.lastSequence());
                return next();
            });
        }
        if (sent >= last.get()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return trail.after(tenant, sent, (int) Math.min(PART, last.get() - sent))
                .thenApply(this::part);
    }

    private Optional<ExportAuditEventsResponse> part(List<AuditTrail.Entry> entries) {
        if (entries.isEmpty()) {
            // What was there when it was asked has been forgotten meanwhile.
            return Optional.empty();
        }
        ExportAuditEventsResponse.Builder part = ExportAuditEventsResponse.newBuilder();
        entries.forEach(entry -> part.addEvents(AuditProto.write(entry)));
        sent = entries.get(entries.size() - 1).sequence();
        return Optional.of(part.build());
    }
}
