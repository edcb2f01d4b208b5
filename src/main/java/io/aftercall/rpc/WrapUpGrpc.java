package io.aftercall.rpc;

import io.aftercall.agent.OfferPreview;
import io.aftercall.agent.SaveWrapUp;
import io.aftercall.agent.WithdrawPreview;
import io.aftercall.api.v1.EraseCustomerRequest;
import io.aftercall.api.v1.EraseCustomerResponse;
import io.aftercall.api.v1.ExportCustomerRequest;
import io.aftercall.api.v1.ExportCustomerResponse;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.GetWrapUpResponse;
import io.aftercall.api.v1.ListCustomerWrapUpsRequest;
import io.aftercall.api.v1.ListCustomerWrapUpsResponse;
import io.aftercall.api.v1.ListTagsRequest;
import io.aftercall.api.v1.ListTagsResponse;
import io.aftercall.api.v1.ListWrapUpsToCompleteRequest;
import io.aftercall.api.v1.ListWrapUpsToCompleteResponse;
import io.aftercall.api.v1.OfferPreviewRequest;
import io.aftercall.api.v1.OfferPreviewResponse;
import io.aftercall.api.v1.RenameTagRequest;
import io.aftercall.api.v1.RenameTagResponse;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.SaveWrapUpResponse;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.SearchWrapUpsResponse;
import io.aftercall.api.v1.WithdrawPreviewRequest;
import io.aftercall.api.v1.WithdrawPreviewResponse;
import io.aftercall.api.v1.WrapUpServiceGrpc;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.feed.ServedTenant;
import io.aftercall.interaction.InteractionId;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code WrapUpService}. */
@GrpcService
final class WrapUpGrpc extends WrapUpServiceGrpc.WrapUpServiceImplBase {

    private final Commands commands;
    private final ServedTenant.Directory tenants;
    private final WrapUpArchive archive;
    private final CustomerData customers;
    private final LastingRights rights;
    private final EmailsOffered emails;

    WrapUpGrpc(
            Commands commands,
            ServedTenant.Directory tenants,
            WrapUpArchive archive,
            CustomerData customers,
            LastingRights rights,
            EmailsOffered emails) {
        this.commands = commands;
        this.tenants = tenants;
        this.archive = archive;
        this.customers = customers;
        this.rights = rights;
        this.emails = emails;
    }

    @Override
    public void saveWrapUp(SaveWrapUpRequest request, StreamObserver<SaveWrapUpResponse> observer) {
        Answers.answer(observer, () -> save(ComposedText.in(request)), reply -> SaveWrapUpResponse.newBuilder()
                .setVersion(WrapUpRecordProto.write(reply.outcome().wrapUp().orElseThrow()))
                .setRevision(reply.agent().revision())
                .build());
    }

    @Override
    public void getWrapUp(GetWrapUpRequest request, StreamObserver<GetWrapUpResponse> observer) {
        Answers.answer(observer, () -> reader().get(request), response -> response);
    }

    @Override
    public void listWrapUpsToComplete(
            ListWrapUpsToCompleteRequest request, StreamObserver<ListWrapUpsToCompleteResponse> observer) {
        Answers.answer(observer, () -> reader().toComplete(request), page -> ListWrapUpsToCompleteResponse.newBuilder()
                .addAllRecords(page.entries())
                .setNextPageToken(page.next())
                .build());
    }

    @Override
    public void listCustomerWrapUps(
            ListCustomerWrapUpsRequest request, StreamObserver<ListCustomerWrapUpsResponse> observer) {
        Answers.answer(
                observer,
                () -> reader().ofCustomer(ComposedText.in(request)),
                page -> ListCustomerWrapUpsResponse.newBuilder()
                        .addAllRecords(page.entries())
                        .setNextPageToken(page.next())
                        .build());
    }

    @Override
    public void searchWrapUps(SearchWrapUpsRequest request, StreamObserver<SearchWrapUpsResponse> observer) {
        Answers.answer(
                observer, () -> reader().search(ComposedText.in(request)), page -> SearchWrapUpsResponse.newBuilder()
                        .addAllRecords(page.entries())
                        .setNextPageToken(page.next())
                        .build());
    }

    @Override
    public void listTags(ListTagsRequest request, StreamObserver<ListTagsResponse> observer) {
        Answers.answer(observer, () -> tags().list(ComposedText.in(request)), page -> ListTagsResponse.newBuilder()
                .addAllTags(page.entries())
                .setNextPageToken(page.next())
                .build());
    }

    @Override
    public void renameTag(RenameTagRequest request, StreamObserver<RenameTagResponse> observer) {
        Answers.answer(
                observer, () -> tags().rename(ComposedText.in(request)), renamed -> RenameTagResponse.newBuilder()
                        .setRenamedCount(renamed)
                        .build());
    }

    @Override
    public void offerPreview(OfferPreviewRequest request, StreamObserver<OfferPreviewResponse> observer) {
        ServedTenant tenant = tenants.of(CurrentCall.get().caller().tenant());
        Answers.answer(observer, () -> offer(request), reply -> OfferPreviewResponse.newBuilder()
                .setAgentState(AgentStateProto.write(reply.agent(), tenant.forecast()::available))
                .setRevision(reply.agent().revision())
                .build());
    }

    @Override
    public void withdrawPreview(WithdrawPreviewRequest request, StreamObserver<WithdrawPreviewResponse> observer) {
        ServedTenant tenant = tenants.of(CurrentCall.get().caller().tenant());
        Answers.answer(observer, () -> withdraw(request), reply -> WithdrawPreviewResponse.newBuilder()
                .setAgentState(AgentStateProto.write(reply.agent(), tenant.forecast()::available))
                .setRevision(reply.agent().revision())
                .build());
    }

    private CompletionStage<Reply.Accepted> offer(OfferPreviewRequest request) {
        FieldReader fields = new FieldReader();
        OfferPreview command = new OfferPreview(
                fields.agentId(request.getAgentId()),
                PreviewProto.read(fields, request.hasPreview(), request.getPreview()));
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), command, key);
    }

    private CompletionStage<Reply.Accepted> withdraw(WithdrawPreviewRequest request) {
        FieldReader fields = new FieldReader();
        Optional<InteractionId> previewed = request.getInteractionId().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(fields.interactionId("interaction_id", request.getInteractionId()));
        WithdrawPreview command = new WithdrawPreview(fields.agentId(request.getAgentId()), previewed);
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), command, key);
    }

    private WrapUpReader reader() {
        return new WrapUpReader(CurrentCall.get().caller().tenant(), archive);
    }

    private WrapUpTags tags() {
        return new WrapUpTags(CurrentCall.get(), archive);
    }

    @Override
    public void eraseCustomer(EraseCustomerRequest request, StreamObserver<EraseCustomerResponse> observer) {
        Answers.answer(observer, () -> customers.erase(CurrentCall.get(), request), CustomerData::write);
    }

    @Override
    public void exportCustomer(ExportCustomerRequest request, StreamObserver<ExportCustomerResponse> observer) {
        CurrentCall call = CurrentCall.get();
        Runnable still = rights.of(call, WrapUpServiceGrpc.getExportCustomerMethod());
        PartedAnswer.send(() -> customers.export(call, request), still, observer);
    }

    private CompletionStage<Reply.Accepted> save(SaveWrapUpRequest request) {
        FieldReader fields = new FieldReader();
        SaveWrapUp command = WrapUpProto.read(fields, request);
        emails.check(fields, request.getWrapUp());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), command, key);
    }
}
