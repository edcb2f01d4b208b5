package io.aftercall.store;

import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.interaction.Interaction;
import io.aftercall.wrapup.EmailSummary;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The tables {@code wrap_up}, one row for each as it stands, {@code wrap_up_revision}, one for each revision that has
 * been replaced, and {@code wrap_up_tag}, one for each tag.
 */
final class WrapUpRows {

    /** The columns that {@link #stored} reads, of a table called {@code w}. */
    static final String STORED =
            """
            w.wrap_up_revision, w.status, w.write_time, w.written_by, w.editable_until AS late_until,
                w.disposition_code, w.form_values::text AS form_values, w.subject, w.notes, w.actions_taken, w.actions_recommended, w.tags,
                w.email_address, w.email_language
            """
                    .strip();

    static final String DRAFTS =
            """
            SELECT w.agent_id, w.interaction_id, %s
            FROM wrap_up w
            WHERE w.tenant_id = $1 AND w.agent_id = ANY ($2::text[]) AND w.status = 'DRAFT'
            """
                    .formatted(STORED);

    static final String KEEP_REVISION =
            """
            INSERT INTO wrap_up_revision (tenant_id, agent_id, interaction_id, wrap_up_revision, status, write_time,
                written_by, disposition_code, form_values, subject, notes, actions_taken, actions_recommended, tags,
                email_address, email_language)
            SELECT $1, agent_id, interaction_id, wrap_up_revision, status, write_time, written_by, disposition_code,
                nullif(form_values, '')::json, subject, notes, actions_taken, actions_recommended,
                ARRAY(SELECT json_array_elements_text(tags::json)), email_address, email_language
            FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
                AS replaced (agent_id, interaction_id, wrap_up_revision, status, write_time, written_by,
                    disposition_code, form_values, subject, notes, actions_taken, actions_recommended, tags,
                    email_address, email_language)
            """;

    // A statement of more than 2,048 characters would not be kept prepared by the client.
    static final String WRITE =
            """
            INSERT INTO wrap_up AS w (tenant_id, agent_id, interaction_id, wrap_up_revision, status, write_time,
                written_by, disposition_code, form_values, subject, notes, actions_taken, actions_recommended, tags,
                email_address, email_language, editable_until, interaction_time, channel, direction, queue_id,
                customer_id, team_id)
            SELECT $1, a, i, r, s, t, b, d, nullif(f, '')::json, sub, n, at, ar,
                ARRAY(SELECT json_array_elements_text(tags::json)), ea, el, u, it, c, dir, q, cus, team
            FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
                $17::timestamptz[], $18::timestamptz[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[])
                AS written (a, i, r, s, t, b, d, f, sub, n, at, ar, tags, ea, el, u, it, c, dir, q, cus, team)
            ON CONFLICT (tenant_id, agent_id, interaction_id) DO UPDATE SET
                (wrap_up_revision, status, write_time, written_by, disposition_code, form_values, subject, notes,
                    actions_taken, actions_recommended, tags, email_address, email_language, editable_until,
                    interaction_time, channel, direction, queue_id, customer_id, team_id)
                = ROW (excluded.wrap_up_revision, excluded.status, excluded.write_time, excluded.written_by,
                    excluded.disposition_code, excluded.form_values, excluded.subject, excluded.notes,
                    excluded.actions_taken, excluded.actions_recommended, excluded.tags, excluded.email_address,
                    excluded.email_language, excluded.editable_until,
                    excluded.interaction_time, excluded.channel, excluded.direction, excluded.queue_id,
                    excluded.customer_id, excluded.team_id)
            """;

    static final String COUNT_TAGS =
            """
            INSERT INTO wrap_up_tag AS known (tenant_id, tag, wrap_up_count)
            SELECT $1, tag, more FROM unnest($2::text[], $3::int[]) AS counted (tag, more)
            ON CONFLICT (tenant_id, tag) DO UPDATE SET wrap_up_count = known.wrap_up_count + excluded.wrap_up_count
            """;

    private WrapUpRows() {}

    /** The parameters of {@link #KEEP_REVISION}. */
    static Tuple replaced(String tenant, List<WrittenWrapUp> revising) {
        Tuple parameters = Tuple.of(tenant);
        content(new Columns<>(revising, parameters), written -> written.replaced()
                .orElseThrow());
        return parameters;
    }

    /** The parameters of {@link #WRITE}. */
    static Tuple written(String tenant, List<WrittenWrapUp> wrapUps) {
        Tuple parameters = Tuple.of(tenant);
        content(new Columns<>(wrapUps, parameters), WrittenWrapUp::wrapUp)
                .time(written -> written.wrapUp().version().editableUntil())
                .time(WrittenWrapUp::time)
                .text(about(Interaction::channel))
                .text(about(Interaction::direction))
                .text(about(Interaction::queueId))
                .text(about(Interaction::customerId))
                .text(WrittenWrapUp::teamId);
        return parameters;
    }

    private static Columns<WrittenWrapUp> content(
            Columns<WrittenWrapUp> columns, Function<WrittenWrapUp, StoredWrapUp> which) {
        Function<WrittenWrapUp, WrapUpVersion> version =
                written -> which.apply(written).version();
        Function<WrittenWrapUp, WrapUp> content =
                written -> which.apply(written).content();
        return columns.text(WrittenWrapUp::agentId)
                .text(WrittenWrapUp::interactionId)
                .add(Integer.class, version.andThen(WrapUpVersion::revision))
                .text(version.andThen(WrapUpVersion::status))
                .time(version.andThen(WrapUpVersion::writeTime))
                .text(version.andThen(WrapUpVersion::writtenBy))
                .text(content.andThen(WrapUp::dispositionCode))
                .text(content.andThen(WrapUp::formValues))
                .text(content.andThen(WrapUp::subject))
                .text(content.andThen(WrapUp::notes))
                .text(content.andThen(WrapUp::actionsTaken))
                .text(content.andThen(WrapUp::actionsRecommended))
                .text(content.andThen(wrapUp -> new JsonArray(wrapUp.tags()).encode()))
                .text(content.andThen(wrapUp -> summary(wrapUp, EmailSummary::address)))
                .text(content.andThen(wrapUp -> summary(wrapUp, EmailSummary::language)));
    }

    private static String summary(WrapUp wrapUp, Function<EmailSummary, String> column) {
        return wrapUp.emailSummary() == null ? null : column.apply(wrapUp.emailSummary());
    }

    private static Function<WrittenWrapUp, Object> about(Function<Interaction, Object> column) {
        return written -> written.about().map(column).orElse(null);
    }

    /** By how many wrap-ups more each tag is had; those for which that is none are left out. */
    static Map<String, Integer> tagCounts(List<WrittenWrapUp> wrapUps) {
        Map<String, Integer> counts = new TreeMap<>();
        for (WrittenWrapUp written : wrapUps) {
            written.replaced().ifPresent(before -> count(counts, before, -1));
            count(counts, written.wrapUp(), 1);
        }
        counts.values().removeIf(more -> more == 0);
        return counts;
    }

    private static void count(Map<String, Integer> counts, StoredWrapUp wrapUp, int by) {
        if (!wrapUp.draft()) {
            wrapUp.content().tags().forEach(tag -> counts.merge(tag, by, Integer::sum));
        }
    }

    /** The parameters of {@link #COUNT_TAGS}. */
    static Tuple tags(String tenant, Map<String, Integer> counts) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(List.copyOf(counts.entrySet()), parameters)
                .text(Map.Entry::getKey)
                .add(Integer.class, Map.Entry::getValue);
        return parameters;
    }

    /** A row with the columns {@link #STORED}; empty if they are, as nothing was joined. */
    static Optional<StoredWrapUp> stored(Row row) {
        return Optional.ofNullable(row.getString("status"))
                .map(status -> new StoredWrapUp(
                        content(row),
                        new WrapUpVersion(
                                row.getInteger("wrap_up_revision"),
                                WrapUpStatus.valueOf(status),
                                SettledAcwRows.time(row, "write_time"),
                                row.getString("written_by"),
                                SettledAcwRows.time(row, "late_until"))));
    }

    private static WrapUp content(Row row) {
        return new WrapUp(
                row.getString("disposition_code"),
                Objects.toString(row.getString("form_values"), ""),
                row.getString("subject"),
                row.getString("notes"),
                row.getString("actions_taken"),
                row.getString("actions_recommended"),
                List.of(row.getArrayOfStrings("tags")),
                row.getString("email_address") == null
                        ? null
                        : new EmailSummary(row.getString("email_address"), row.getString("email_language")));
    }
}
