package io.aftercall.rpc;

import io.aftercall.api.v1.CustomerFollowUp;
import io.aftercall.api.v1.CustomerWrapUp;
import io.aftercall.api.v1.ExportCustomerResponse;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.api.v1.WrapUpRevision;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.FollowUpArchive.Place;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.followup.FollowUp;
import io.aftercall.wrapup.StoredWrapUp;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is known of a customer, part by part: first what was written, then what was promised. */
final class CustomerExport implements PartedAnswer.Parts<ExportCustomerResponse> {

    private final CustomerArchive customers;
    private final WrapUpArchive wrapUps;
    private final FollowUpArchive followUps;
    private final TenantId tenant;
    private final String customerId;
    private final RevisedParts<?, ?, WrapUpRecord, WrapUpRevision> written = new RevisedParts<>(new Written());
    private final RevisedParts<?, ?, io.aftercall.api.v1.FollowUp, io.aftercall.api.v1.FollowUp> promised =
            new RevisedParts<>(new Promised());
    private boolean allWritten;

    CustomerExport(
            CustomerArchive customers,
            WrapUpArchive wrapUps,
            FollowUpArchive followUps,
            TenantId tenant,
            String customerId) {
        this.customers = customers;
        this.wrapUps = wrapUps;
        this.followUps = followUps;
        this.tenant = tenant;
        this.customerId = customerId;
    }

    @Override
    public CompletionStage<Optional<ExportCustomerResponse>> next() {
        if (allWritten) {
            return somePromised();
        }
        return written.next().thenCompose(some -> {
            if (some.isEmpty()) {
                allWritten = true;
                return somePromised();
            }
            ExportCustomerResponse.Builder part = ExportCustomerResponse.newBuilder();
            some.forEach(wrapUp -> part.addWrapUps(
                    CustomerWrapUp.newBuilder().setRecord(wrapUp.entry()).addAllRevisions(wrapUp.replaced())));
            return CompletableFuture.completedFuture(Optional.of(part.build()));
        });
    }

    private CompletionStage<Optional<ExportCustomerResponse>> somePromised() {
        return promised.next().thenApply(some -> {
            ExportCustomerResponse.Builder part = ExportCustomerResponse.newBuilder();
            some.forEach(followUp -> part.addFollowUps(
                    CustomerFollowUp.newBuilder().setFollowUp(followUp.entry()).addAllRevisions(followUp.replaced())));
            return some.isEmpty() ? Optional.empty() : Optional.of(part.build());
        });
    }

    private final class Written
            implements RevisedParts.Source<
                    io.aftercall.engine.WrapUpRecord, StoredWrapUp, WrapUpRecord, WrapUpRevision> {

        @Override
        public CompletionStage<List<io.aftercall.engine.WrapUpRecord>> page(
                Optional<io.aftercall.engine.WrapUpRecord> after, int limit) {
            return customers.wrapUps(tenant, customerId, after.map(io.aftercall.engine.WrapUpRecord::key), limit);
        }

        @Override
        public CompletionStage<List<StoredWrapUp>> replaced(
                io.aftercall.engine.WrapUpRecord entry, int before, int limit) {
            return wrapUps.replaced(tenant, entry.key(), before, limit);
        }

        @Override
        public int revision(StoredWrapUp replaced) {
            return replaced.version().revision();
        }

        @Override
        public WrapUpRecord write(io.aftercall.engine.WrapUpRecord entry) {
            return WrapUpRecordProto.write(entry);
        }

        @Override
        public WrapUpRevision writeReplaced(StoredWrapUp replaced) {
            return WrapUpRecordProto.revision(replaced);
        }
    }

    private final class Promised
            implements RevisedParts.Source<
                    FollowUp, FollowUp, io.aftercall.api.v1.FollowUp, io.aftercall.api.v1.FollowUp> {

        @Override
        public CompletionStage<List<FollowUp>> page(Optional<FollowUp> after, int limit) {
            return customers.followUps(
                    tenant,
                    customerId,
                    after.map(followUp -> new Place(followUp.details().dueTime(), followUp.id())),
                    limit);
        }

        @Override
        public CompletionStage<List<FollowUp>> replaced(FollowUp entry, int before, int limit) {
            return followUps.replaced(tenant, entry.id(), before, limit);
        }

        @Override
        public int revision(FollowUp replaced) {
            return replaced.revision();
        }

        @Override
        public io.aftercall.api.v1.FollowUp write(FollowUp entry) {
            return FollowUpProto.write(entry);
        }

        @Override
        public io.aftercall.api.v1.FollowUp writeReplaced(FollowUp replaced) {
            return FollowUpProto.write(replaced);
        }
    }
}
