package io.aftercall.rpc;

import com.google.protobuf.ProtocolStringList;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.EscalateFollowUpRequest;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.ListCustomerWrapUpsRequest;
import io.aftercall.api.v1.ListTagsRequest;
import io.aftercall.api.v1.RenameTagRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.api.v1.WrapUp;
import java.text.Normalizer;
import java.util.List;

/**
 * Requests with what agents write, and what they look for it by, in the normalization form C of Unicode
 * (https://www.unicode.org/reports/tr15): what looks the same is the same, on whatever keyboard it was typed. Values of
 * forms stay as they are, as their schemas do.
 */
final class ComposedText {

    private ComposedText() {}

    static SaveWrapUpRequest in(SaveWrapUpRequest request) {
        return request.hasWrapUp()
                ? request.toBuilder().setWrapUp(in(request.getWrapUp())).build()
                : request;
    }

    static CompleteAcwRequest in(CompleteAcwRequest request) {
        CompleteAcwRequest.Builder composed = request.toBuilder();
        if (request.hasWrapUp()) {
            composed.setWrapUp(in(request.getWrapUp()));
        }
        composed.getFollowUpsBuilderList().stream()
                .filter(followUp -> followUp.hasDetails())
                .forEach(followUp -> followUp.setDetails(in(followUp.getDetails())));
        return composed.build();
    }

    static CreateFollowUpRequest in(CreateFollowUpRequest request) {
        return request.hasDetails()
                ? request.toBuilder().setDetails(in(request.getDetails())).build()
                : request;
    }

    static UpdateFollowUpRequest in(UpdateFollowUpRequest request) {
        return request.hasDetails()
                ? request.toBuilder().setDetails(in(request.getDetails())).build()
                : request;
    }

    static EscalateFollowUpRequest in(EscalateFollowUpRequest request) {
        return request.toBuilder().setNote(in(request.getNote())).build();
    }

    static SearchWrapUpsRequest in(SearchWrapUpsRequest request) {
        return request.toBuilder()
                .setQuery(in(request.getQuery()))
                .clearTags()
                .addAllTags(in(request.getTagsList()))
                .build();
    }

    static ListCustomerWrapUpsRequest in(ListCustomerWrapUpsRequest request) {
        return request.toBuilder()
                .setQuery(in(request.getQuery()))
                .clearTags()
                .addAllTags(in(request.getTagsList()))
                .build();
    }

    static ListTagsRequest in(ListTagsRequest request) {
        return request.toBuilder().setPrefix(in(request.getPrefix())).build();
    }

    static RenameTagRequest in(RenameTagRequest request) {
        return request.toBuilder()
                .setTag(in(request.getTag()))
                .setNewTag(in(request.getNewTag()))
                .build();
    }

    private static WrapUp in(WrapUp wrapUp) {
        return wrapUp.toBuilder()
                .setSubject(in(wrapUp.getSubject()))
                .setNotes(in(wrapUp.getNotes()))
                .setActionsTaken(in(wrapUp.getActionsTaken()))
                .setActionsRecommended(in(wrapUp.getActionsRecommended()))
                .clearTags()
                .addAllTags(in(wrapUp.getTagsList()))
                .build();
    }

    private static FollowUpDetails in(FollowUpDetails details) {
        return details.toBuilder().setNote(in(details.getNote())).build();
    }

    private static List<String> in(ProtocolStringList texts) {
        return texts.stream().map(ComposedText::in).toList();
    }

    private static String in(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
