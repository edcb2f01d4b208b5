package io.aftercall.rpc;

import com.google.protobuf.Message;
import io.aftercall.agent.Command;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.CreateFollowUpResponse;
import io.aftercall.api.v1.EscalateFollowUpRequest;
import io.aftercall.api.v1.EscalateFollowUpResponse;
import io.aftercall.api.v1.FollowUp;
import io.aftercall.api.v1.FollowUpServiceGrpc;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.GetFollowUpResponse;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.ListFollowUpsResponse;
import io.aftercall.api.v1.TakeFollowUpRequest;
import io.aftercall.api.v1.TakeFollowUpResponse;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.api.v1.UpdateFollowUpResponse;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code FollowUpService}. */
@GrpcService
final class FollowUpGrpc extends FollowUpServiceGrpc.FollowUpServiceImplBase {

    private final Commands commands;
    private final ServedTenant.Directory tenants;
    private final FollowUpArchive archive;

    FollowUpGrpc(Commands commands, ServedTenant.Directory tenants, FollowUpArchive archive) {
        this.commands = commands;
        this.tenants = tenants;
        this.archive = archive;
    }

    /**
     * What became of a follow-up.
     *
     * @param revision the tenant's
     */
    private record Done(FollowUp followUp, long revision) {}

    @Override
    public void createFollowUp(CreateFollowUpRequest sent, StreamObserver<CreateFollowUpResponse> observer) {
        CreateFollowUpRequest request = ComposedText.in(sent);
        TenantId tenant = CurrentCall.get().caller().tenant();
        Answers.answer(
                observer,
                () -> done(
                        request.getRequestId(),
                        () -> request.toBuilder().clearRequestId().build(),
                        fields -> FollowUpRequests.create(fields, request, tenant)),
                done -> CreateFollowUpResponse.newBuilder()
                        .setFollowUp(done.followUp())
                        .setRevision(done.revision())
                        .build());
    }

    @Override
    public void updateFollowUp(UpdateFollowUpRequest sent, StreamObserver<UpdateFollowUpResponse> observer) {
        UpdateFollowUpRequest request = ComposedText.in(sent);
        Answers.answer(
                observer,
                () -> done(
                        request.getRequestId(),
                        () -> request.toBuilder().clearRequestId().build(),
                        fields -> FollowUpRequests.update(fields, request)),
                done -> UpdateFollowUpResponse.newBuilder()
                        .setFollowUp(done.followUp())
                        .setRevision(done.revision())
                        .build());
    }

    @Override
    public void escalateFollowUp(EscalateFollowUpRequest sent, StreamObserver<EscalateFollowUpResponse> observer) {
        EscalateFollowUpRequest request = ComposedText.in(sent);
        Answers.answer(
                observer,
                () -> done(
                        request.getRequestId(),
                        () -> request.toBuilder().clearRequestId().build(),
                        fields -> FollowUpRequests.escalate(fields, request)),
                done -> EscalateFollowUpResponse.newBuilder()
                        .setFollowUp(done.followUp())
                        .setRevision(done.revision())
                        .build());
    }

    @Override
    public void takeFollowUp(TakeFollowUpRequest request, StreamObserver<TakeFollowUpResponse> observer) {
        Answers.answer(
                observer,
                () -> done(
                        request.getRequestId(),
                        () -> request.toBuilder().clearRequestId().build(),
                        fields -> FollowUpRequests.take(fields, request)),
                done -> TakeFollowUpResponse.newBuilder()
                        .setFollowUp(done.followUp())
                        .setRevision(done.revision())
                        .build());
    }

    @Override
    public void getFollowUp(GetFollowUpRequest request, StreamObserver<GetFollowUpResponse> observer) {
        Answers.answer(observer, () -> reader().get(request), response -> response);
    }

    @Override
    public void listFollowUps(ListFollowUpsRequest request, StreamObserver<ListFollowUpsResponse> observer) {
        Answers.answer(observer, () -> reader().list(request), response -> response);
    }

    private FollowUpReader reader() {
        CurrentCall call = CurrentCall.get();
        return new FollowUpReader(call, tenants.of(call.caller().tenant()).feed(), archive);
    }

    /** Carries out a command, and reads what stands then. */
    private CompletionStage<Done> done(
            String requestId, Supplier<? extends Message> content, Function<FieldReader, Command> read) {
        FieldReader fields = new FieldReader();
        Command command = read.apply(fields);
        Optional<RequestKey> key = fields.request(requestId, content);
        fields.violations().throwIfAny();
        CurrentCall call = CurrentCall.get();
        TenantId tenant = call.caller().tenant();
        UUID id = command.followUps().iterator().next();
        return commands.submit(call, command, key).thenCompose(reply -> archive.find(tenant, id)
                .thenApply(found -> new Done(
                        FollowUpProto.write(found.orElseThrow()), reply.agent().revision())));
    }
}
