package io.aftercall.rpc;

import io.aftercall.api.v1.ListTagsRequest;
import io.aftercall.api.v1.RenameTagRequest;
import io.aftercall.api.v1.Tag;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.wrapup.WrapUp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The tags of a tenant's wrap-ups. */
final class WrapUpTags {

    /** So few that the tenant's commands do not wait for long. */
    private static final int AT_ONCE = 100;

    private final CurrentCall call;
    private final WrapUpArchive archive;

    WrapUpTags(CurrentCall call, WrapUpArchive archive) {
        this.call = call;
        this.archive = archive;
    }

    CompletionStage<Pages.Page<Tag>> list(ListTagsRequest request) {
        FieldReader fields = new FieldReader();
        String prefix = request.getPrefix();
        if (!prefix.isEmpty() && WrapUpProto.badTag(prefix)) {
            fields.violations().add("prefix", "must have 1 to " + WrapUp.MAX_TAG_LENGTH + " printable characters");
        }
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        String of = "tags " + prefix;
        String after = Pages.position(request.getPageToken(), of, tag -> tag).orElse("");
        return archive.tags(call.caller().tenant(), prefix, after, size + 1)
                .thenApply(found -> Pages.page(found, size, of, WrapUpArchive.Tag::name, tag -> Tag.newBuilder()
                        .setTag(tag.name())
                        .setWrapUpCount(tag.wrapUps())
                        .build()));
    }

    CompletionStage<Long> rename(RenameTagRequest request) {
        FieldReader fields = new FieldReader();
        if (WrapUpProto.badTag(request.getTag())) {
            fields.violations().add("tag", "must have 1 to " + WrapUp.MAX_TAG_LENGTH + " printable characters");
        }
        WrapUpProto.newTag(fields, "new_tag", request.getNewTag());
        if (request.getTag().equals(request.getNewTag())) {
            fields.violations().add("new_tag", "must be another than tag");
        }
        fields.violations().throwIfAny();
        AuditEvent done = AuditEvent.done(
                call.actor(),
                "TAG_RENAMED",
                "tags",
                Optional.empty(),
                Map.of("tag", request.getTag()),
                Map.of("tag", request.getNewTag()));
        return renameAll(request, 0, List.of(done));
    }

    private CompletionStage<Long> renameAll(RenameTagRequest request, long before, List<AuditEvent> audit) {
        return archive.renameTag(
                        call.caller().tenant(),
                        request.getTag(),
                        request.getNewTag(),
                        call.actor().name(),
                        AT_ONCE,
                        audit)
                .thenCompose(renamed -> renamed == 0
                        ? CompletableFuture.completedFuture(before)
                        : renameAll(request, before + renamed, List.of()));
    }
}
